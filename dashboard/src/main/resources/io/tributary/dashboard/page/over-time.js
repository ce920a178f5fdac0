import { alternative, el, empty, svg, table } from "./dom.js";
import { dayAndMinuteOf, minuteOf, number } from "./format.js";
import { level, severity } from "./tables.js";

const WIDTH = 288;
const HEIGHT = 30;
const DAY = 86_400_000;

const sum = (counts) => counts.reduce((n, c) => n + c.count, 0);

/**
 * One row a definition, one bar a step of time; every row has the same scale, so that rows can be compared.
 *
 * view: {start, end, step, definitions: [{pattern, severity, status: {detected: 3}, counts: [{start, count}]}]}
 */
export const overTime = (view) => {
  if (view.end === null) {
    return [empty("No pain points yet.")];
  }
  const rows = [...view.definitions].sort((a, b) => sum(b.counts) - sum(a.counts) || a.pattern.localeCompare(b.pattern));
  const highest = Math.max(1, ...rows.flatMap((row) => row.counts.map((c) => c.count)));
  const at = view.end - view.start > DAY ? dayAndMinuteOf : minuteOf;
  return [
    table(
      "Pain points by definition over time",
      [
        { title: "Definition", of: (row) => el("span", { class: "named" }, severity(row.severity, true), row.pattern) },
        { title: axis(view, at), kind: "spark", of: (row) => bars(row, view, highest, at) },
        { title: "In period", kind: "number strong", of: (row) => number(sum(row.counts)) },
        { title: "Ever", kind: "number", of: (row) => number(row.status.detected ?? 0) },
        { title: "Open", kind: "number", of: (row) => number(row.status.open ?? 0) },
        { title: "Retracted", kind: "number", of: (row) => number(row.status.retracted ?? 0) },
      ],
      rows,
    ),
    el("p", { class: "note" }, `Detected in this period and ever. All rows have one scale; the highest bar is ${highest}.`),
    alternative("Pain points over time", timeColumns(rows, at), times(rows)),
  ];
};

const axis = (view, at) =>
  el("span", { class: "ends" }, el("span", {}, at(view.start)), el("span", {}, at((view.start + view.end) / 2)), el("span", {}, at(view.end)));

const bars = (row, view, highest, at) => {
  const slot = WIDTH / Math.round((view.end - view.start) / view.step);
  const gap = Math.min(1.5, slot / 4);
  const label = `${row.pattern}: ${sum(row.counts)} from ${at(view.start)} to ${at(view.end)} UTC`;
  return svg(
    "svg",
    { class: "sparkbars", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
    svg("line", { class: "axis", x1: 0, x2: WIDTH, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5 }),
    ...row.counts.map(({ start, count }) => {
      const height = (count / highest) * (HEIGHT - 2);
      const x = ((start - view.start) / view.step) * slot;
      const place = { x: x.toFixed(2), y: (HEIGHT - 1 - height).toFixed(2), width: (slot - gap).toFixed(2), height: height.toFixed(2) };
      return svg("rect", { class: level(row.severity), ...place }, svg("title", {}, `${at(start)}: ${count}`));
    }),
  );
};

const times = (rows) => [...new Set(rows.flatMap((row) => row.counts.map((c) => c.start)))].sort((a, b) => b - a);

const timeColumns = (rows, at) => [
  { title: "From", of: (start) => at(start) },
  ...rows.map((row) => ({
    title: row.pattern,
    kind: "number",
    of: (start) => row.counts.find((c) => c.start === start)?.count ?? 0,
  })),
];
