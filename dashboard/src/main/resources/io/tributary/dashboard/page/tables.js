import { el, svg, table } from "./dom.js";
import { number, time, words } from "./format.js";

const LEVELS = ["low", "medium", "high", "critical"];

export const level = (severity) => `level-${LEVELS.includes(severity) ? severity : "unknown"}`;

/** A dot and a word; as {@code mark} the word is only heard. */
export const severity = (value, mark = false) => {
  const dot = el("span", { class: `dot ${level(value)}`, "aria-hidden": "true" });
  return el("span", { class: "severity" }, dot, mark ? el("span", { class: "unseen" }, `${words(value)} `) : words(value));
};

const STATUS = ["offered", "suppressed", "cancelled", "detected", "open", "retracted"];

export const badge = (status) => el("span", { class: `badge ${STATUS.includes(status) ? status : ""}` }, words(status));

export const customerLink = (id) => {
  const address = encodeURIComponent(id).replaceAll("%3A", ":");
  return el("a", { class: "id row", href: `#/customers/${address}` }, id);
};

const customer = { title: "Customer", kind: "customer", of: (row) => customerLink(row.customer) };

export const painPointTable = (rows) =>
  table(
    "Latest pain points",
    [
      { title: "Detected", of: (p) => time(p.detectedAt) },
      { title: "Definition", of: (p) => p.pattern },
      { title: "Severity", of: (p) => severity(p.severity) },
      { title: "Status", of: (p) => badge(p.status) },
      { title: "Journey", of: (p) => p.journey },
      customer,
    ],
    rows,
  );

export const decisionTable = (rows) =>
  table(
    "Latest decisions",
    [
      { title: "Decided", of: (d) => time(d.decidedAt) },
      { title: "Definition", of: (d) => d.pattern },
      { title: "Status", of: (d) => badge(d.status) },
      { title: "Reason", of: (d) => words(d.reason) },
      { title: "Action", of: (d) => words(d.action) },
      { title: "Channel", of: (d) => d.channel },
      { title: "Arm", of: (d) => d.arm },
      customer,
    ],
    rows,
  );

const BAR = 100;

export const reasonTable = (reasons) => {
  const rows = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  const highest = Math.max(1, ...rows.map(([, count]) => count));
  const length = (count) => ((count / highest) * BAR).toFixed(2);
  return table(
    "Decisions by reason",
    [
      { title: "Reason", of: ([reason]) => words(reason) },
      {
        title: el("span", { class: "unseen" }, "Share"),
        kind: "share",
        of: ([reason, count]) =>
          svg(
            "svg",
            { class: "sharebar", viewBox: `0 0 ${BAR} 10`, preserveAspectRatio: "none", "aria-hidden": "true" },
            svg("rect", { class: reason === "eligible" ? "good" : "held", x: 0, y: 0, width: length(count), height: 10 }),
          ),
      },
      { title: "Decisions", kind: "number strong", of: ([, count]) => number(count) },
    ],
    rows,
  );
};
