// Builds elements. Text only ever becomes a text node, so nothing that a customer sent is read as markup.

const SVG = "http://www.w3.org/2000/svg";

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") {
      element.addEventListener("click", value);
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.map((child) => (child instanceof Node ? child : String(child ?? ""))));
  return element;
};

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const show = (id, ...children) => document.getElementById(id).replaceChildren(...children);

export const empty = (text) => el("p", { class: "empty" }, text);

/** columns: [{title, number?, of: row => text or Node}] */
export const table = (caption, columns, rows) => {
  if (rows.length === 0) {
    return empty("Nothing yet.");
  }
  const kind = (column) => (column.number ? { class: "number" } : {});
  const head = columns.map((column) => el("th", { scope: "col", ...kind(column) }, column.title));
  const body = rows.map((row) => el("tr", {}, ...columns.map((column) => el("td", kind(column), column.of(row)))));
  return el(
    "div",
    { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
  );
};

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "medium" });
const minute = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** A time in the reader's zone; the exact UTC text is its title. */
export const time = (value) => {
  const date = new Date(value ?? NaN);
  if (Number.isNaN(date.getTime())) {
    return el("span", {}, "–");
  }
  return el("time", { datetime: date.toISOString(), title: date.toISOString() }, clock.format(date));
};

export const minuteOf = (millis) => minute.format(new Date(millis));
