import { el, table, time } from "./dom.js";
import { decisionTable, painPointTable } from "./tables.js";

/** Stage, last touchpoints, pain points and decisions of one customer. */
export const customerView = ({ customer, painPoints, decisions }) => [
  el("p", {}, "Customer ", el("span", { class: "id" }, customer.id), ", last seen ", time(customer.updatedAt)),
  el("p", { class: "note" }, `Known as: ${(customer.identifiers ?? []).join(", ") || "–"}. Channel switches: ${customer.channelSwitches ?? 0}.`),
  el("h3", {}, "Journeys"),
  table(
    "Journeys",
    [
      { title: "Journey", of: (j) => j.journey },
      { title: "Stage", of: (j) => j.stage ?? "–" },
      { title: "Since", of: (j) => time(j.enteredAt) },
    ],
    customer.journeys ?? [],
  ),
  el("h3", {}, "Last touchpoints"),
  table(
    "Last touchpoints",
    [
      { title: "Time", of: (t) => time(t.time) },
      { title: "Event", of: (t) => t.type },
      { title: "Channel", of: (t) => t.channel },
    ],
    customer.touchpoints ?? [],
  ),
  el("h3", {}, "Pain points"),
  painPointTable(painPoints),
  el("h3", {}, "Decisions"),
  decisionTable(decisions),
];
