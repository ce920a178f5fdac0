import { el, table, time } from "./dom.js";

/** onCustomer: called with an id when it is chosen; without it ids are plain text. */
const customerColumn = (onCustomer) => ({
  title: "Customer",
  of: (row) =>
    onCustomer
      ? el("button", { type: "button", class: "link id", onclick: () => onCustomer(row.customer) }, row.customer)
      : el("span", { class: "id" }, row.customer),
});

export const painPointTable = (rows, onCustomer) =>
  table(
    "Pain points",
    [
      { title: "Detected", of: (p) => time(p.detectedAt) },
      { title: "Definition", of: (p) => p.pattern },
      { title: "Severity", of: (p) => p.severity },
      { title: "Status", of: (p) => p.status },
      customerColumn(onCustomer),
    ],
    rows,
  );

export const decisionTable = (rows, onCustomer) =>
  table(
    "Decisions",
    [
      { title: "Decided", of: (d) => time(d.decidedAt) },
      { title: "Definition", of: (d) => d.pattern },
      { title: "Action", of: (d) => d.action },
      { title: "Channel", of: (d) => d.channel },
      { title: "Status", of: (d) => d.status },
      { title: "Reason", of: (d) => d.reason },
      { title: "Arm", of: (d) => d.arm },
      customerColumn(onCustomer),
    ],
    rows,
  );

export const definitionTable = (definitions) => {
  const count = (status) => (d) => d.status[status] ?? 0;
  return table(
    "Pain points by definition",
    [
      { title: "Definition", of: (d) => d.pattern },
      { title: "Detected", number: true, of: count("detected") },
      { title: "Open", number: true, of: count("open") },
      { title: "Retracted", number: true, of: count("retracted") },
    ],
    definitions,
  );
};

export const reasonTable = (reasons) =>
  table(
    "Decisions by reason",
    [
      { title: "Reason", of: ([reason]) => reason },
      { title: "Decisions", number: true, of: ([, count]) => count },
    ],
    Object.entries(reasons),
  );
