// The server's JSON. An answer that is no success becomes an Error with the server's own words and its status.

const read = async (path) => {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" } });
  } catch {
    throw new Error("The dashboard server does not answer.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new Error(body.error ?? `The dashboard server answers ${response.status}.`);
    throw Object.assign(error, { status: response.status });
  }
  return body;
};

export const summary = () => read("api/summary");
export const painPoints = () => read("api/pain-points");
export const overTime = (range) => read(`api/pain-points/over-time?range=${encodeURIComponent(range)}`);
export const decisions = () => read("api/decisions");
export const customer = (id) => read(`api/customers/${encodeURIComponent(id)}`);
