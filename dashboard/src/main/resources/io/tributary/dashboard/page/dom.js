// Builds elements. Text only ever becomes a text node, so nothing that a customer sent is read as markup.

const SVG = "http://www.w3.org/2000/svg";

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.map((child) => (child instanceof Node ? child : String(child ?? "–"))));
  return element;
};

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const empty = (text) => el("p", { class: "empty" }, text);

/** columns: [{title, kind?, of: row => text or Node}]; a kind is a class of the whole column. */
export const table = (caption, columns, rows) => {
  if (rows.length === 0) {
    return empty("Nothing yet.");
  }
  const kind = (column) => (column.kind ? { class: column.kind } : {});
  const head = columns.map((column) => el("th", { scope: "col", ...kind(column) }, column.title));
  const body = rows.map((row) => el("tr", {}, ...columns.map((column) => el("td", kind(column), column.of(row)))));
  return el(
    "div",
    { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
  );
};

/** The same numbers as a chart, in words. */
export const alternative = (caption, columns, rows) =>
  el("details", {}, el("summary", {}, "As a table"), table(caption, columns, rows));

const shown = new Map();

const keyOf = (element) => element.getAttribute("href") ?? element.getAttribute("aria-label") ?? element.tagName;

/**
 * Draws {@code data} into the element with this id, unless it shows them already; what the reader had opened, scrolled
 * or focused stays so.
 */
export const refresh = (id, data, draw) => {
  const target = document.getElementById(id);
  const key = `${target.clientWidth} ${JSON.stringify(data)}`;
  if (shown.get(id) === key) {
    return;
  }
  const open = target.querySelector("details")?.open ?? false;
  const tops = [...target.querySelectorAll(".scroll")].map((region) => region.scrollTop);
  const focused = target.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  target.replaceChildren(...[draw(data, target.clientWidth)].flat());
  target.querySelector("details")?.toggleAttribute("open", open);
  target.querySelectorAll(".scroll").forEach((region, i) => (region.scrollTop = tops[i] ?? 0));
  if (focused !== null) {
    const again = [...target.querySelectorAll("a, button, input, summary, [tabindex]")].find((e) => keyOf(e) === focused);
    again?.focus({ preventScroll: true });
  }
  shown.set(id, key);
};
