// Why a customer's identifiers are one, a sentence each. Pure: a customer's document in, elements out.

import { el, empty } from "./dom.js";
import { plural, time, words } from "./format.js";

export const explanation = (customer) => {
  const all = customer.explanation ?? [];
  const left = leftOut(customer, all);
  const note = left > 0 ? [el("p", { class: "note" }, `${plural(left, "more identifier")} that no recent event came by.`)] : [];
  return all.length === 0
    ? empty("One identifier only.")
    : el("div", {}, el("ul", { class: "explanation" }, ...all.map((reason) => el("li", kind(reason), ...sentence(reason)))), ...note);
};

/** Documents explain a bounded number of identifiers. */
const leftOut = (customer, all) => {
  const explained = new Set([customer.id, ...all.filter((reason) => !reason.guard).map((reason) => reason.identifier)]);
  return (customer.identifiers ?? []).filter((identifier) => !explained.has(identifier)).length;
};

const kind = (reason) => (reason.guard ? { class: "guard" } : {});

const sentence = (reason) => [
  id(reason.identifier),
  ...(reason.guard ? kept(reason) : [" belongs to ", id(reason.of)]),
  ` because ${reason.because}, `,
  time(reason.time),
  reason.source ? ` on ${reason.source} ` : " ",
  el("span", { class: "note" }, `(${[words(reason.rule), ...came(reason)].join(", ")})`),
];

const kept = (reason) => (reason.of ? [" is kept from ", id(reason.of)] : [" is kept apart"]);

const came = (reason) => [
  ...(reason.event ? [`event ${reason.event}`] : []),
  ...(reason.events > 0 ? [`${plural(reason.events, "event")} came so`] : []),
];

const id = (key) => el("span", { class: "id" }, key);
