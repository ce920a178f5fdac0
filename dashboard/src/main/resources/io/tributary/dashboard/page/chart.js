import { el, empty, minuteOf, svg, table } from "./dom.js";

const WIDTH = 600;
const HEIGHT = 160;
const MINUTES = 60;
const MINUTE = 60_000;
const SERIES = 9;

const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);

/** One bar a minute, one colour a channel; a legend and a table say the same in words. */
export const perMinute = ({ asOf, minutes }) => {
  if (asOf === null || minutes.length === 0) {
    return [empty("No events yet.")];
  }
  const channels = [...new Set(minutes.flatMap((m) => Object.keys(m.channels)))].sort();
  const highest = Math.max(1, ...minutes.map((m) => sum(m.channels)));
  const first = asOf - (MINUTES - 1) * MINUTE;
  return [
    bars(minutes, channels, highest, first),
    ends(asOf, highest, first),
    legend(minutes, channels),
    el("details", {}, el("summary", {}, "As a table"), numbers(minutes, channels)),
  ];
};

const series = (index) => `series-${index % SERIES}`;

const bars = (minutes, channels, highest, first) => {
  const slot = WIDTH / MINUTES;
  const drawn = minutes.flatMap((m) => {
    let top = HEIGHT;
    return channels.map((channel, i) => {
      const height = ((m.channels[channel] ?? 0) / highest) * HEIGHT;
      top -= height;
      const x = ((m.start - first) / MINUTE) * slot;
      return svg("rect", { class: series(i), x: x.toFixed(1), y: top.toFixed(1), width: (slot - 1.5).toFixed(1), height: height.toFixed(1) });
    });
  });
  const label = `Events per minute up to ${minuteOf(minutes.at(-1).start)}; the busiest minute has ${highest}.`;
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
    svg("line", { class: "axis", x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }),
    ...drawn,
  );
};

const ends = (asOf, highest, first) =>
  el("p", { class: "ends" }, el("span", {}, minuteOf(first)), el("span", {}, `highest: ${highest} a minute`), el("span", {}, minuteOf(asOf)));

const legend = (minutes, channels) =>
  el(
    "ul",
    { class: "legend" },
    ...channels.map((channel, i) =>
      el(
        "li",
        {},
        el("span", { class: `swatch ${series(i)}`, "aria-hidden": "true" }),
        `${channel} ${minutes.reduce((n, m) => n + (m.channels[channel] ?? 0), 0)}`,
      ),
    ),
  );

const numbers = (minutes, channels) =>
  table(
    "Events per minute by channel",
    [
      { title: "Minute", of: (m) => minuteOf(m.start) },
      ...channels.map((channel) => ({ title: channel, number: true, of: (m) => m.channels[channel] ?? 0 })),
    ],
    [...minutes].reverse(),
  );
