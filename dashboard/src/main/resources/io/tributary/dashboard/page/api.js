// The server's JSON. An answer that is no success becomes an Error with the server's own words.

export const read = async (path) => {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" } });
  } catch {
    throw new Error("The dashboard server does not answer.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.error ?? `The dashboard server answers ${response.status}.`);
  }
  return body;
};

export const summary = () => read("api/summary");
export const painPoints = () => read("api/pain-points");
export const decisions = () => read("api/decisions");
export const customer = (id) => read(`api/customers/${encodeURIComponent(id)}`);
