import { alternative, el, empty, svg } from "./dom.js";
import { minuteOf, number } from "./format.js";

const HEIGHT = 220;
const LEFT = 40;
const BOTTOM = 22;
const TOP = 8;
const MINUTES = 60;
const MINUTE = 60_000;
const LABEL_EVERY = 10;

/** Each channel keeps its colour, whichever others there are; one that is not listed takes the last. */
const CHANNELS = ["web", "mobile", "voice", "email", "chat", "social", "store", "survey"];

const colour = (channel) => `series-${CHANNELS.includes(channel) ? CHANNELS.indexOf(channel) : CHANNELS.length}`;

const order = (a, b) => colour(a).localeCompare(colour(b)) || a.localeCompare(b);

const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);

/** 1, 2 or 5 times a power of ten, so that about four lines fit below {@code highest}. */
export const step = (highest) => {
  const power = 10 ** Math.floor(Math.log10(highest / 4));
  return Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n * 4 >= highest));
};

/** One bar a minute, one colour a channel; a legend and a table say the same in words. */
export const perMinute = ({ asOf, minutes }, width) => {
  if (asOf === null || minutes.length === 0) {
    return [empty("No events yet.")];
  }
  const channels = [...new Set(minutes.flatMap((m) => Object.keys(m.channels)))].sort(order);
  return [
    drawing(minutes, channels, asOf, width),
    legend(minutes, channels),
    alternative(
      "Events per minute by channel",
      [
        { title: "Minute", of: (m) => minuteOf(m.start) },
        ...channels.map((channel) => ({ title: channel, kind: "number", of: (m) => m.channels[channel] ?? 0 })),
      ],
      [...minutes].reverse(),
    ),
  ];
};

const drawing = (minutes, channels, asOf, width) => {
  const highest = Math.max(1, ...minutes.map((m) => sum(m.channels)));
  const first = asOf - (MINUTES - 1) * MINUTE;
  const slot = (width - LEFT) / MINUTES;
  const x = (start) => LEFT + ((start - first) / MINUTE) * slot;
  const lines = step(highest);
  const top = Math.ceil(highest / lines) * lines;
  const y = (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const label = `Events per minute from ${minuteOf(first)} to ${minuteOf(asOf)} UTC; the busiest minute has ${highest}.`;
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": label },
    ...grid(top, lines, y, width),
    ...labels(first, asOf, x, slot),
    ...minutes.map((minute) => bar(minute, channels, x(minute.start), slot, y)),
  );
};

const grid = (top, lines, y, width) =>
  Array.from({ length: top / lines + 1 }, (_, i) => i * lines).flatMap((value) => [
    svg("line", { class: value === 0 ? "axis" : "grid", x1: LEFT, x2: width, y1: y(value), y2: y(value) }),
    svg("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, number(value)),
  ]);

const labels = (first, asOf, x, slot) => {
  const texts = [];
  for (let start = first; start <= asOf; start += MINUTE) {
    if ((start / MINUTE) % LABEL_EVERY === 0) {
      texts.push(svg("text", { x: x(start) + slot / 2, y: HEIGHT - 5, "text-anchor": "middle" }, minuteOf(start)));
    }
  }
  return texts;
};

const bar = (minute, channels, left, slot, y) => {
  let below = 0;
  const counted = channels.filter((channel) => minute.channels[channel]);
  const parts = counted.map((channel) => {
    const from = below;
    below += minute.channels[channel];
    const height = (y(from) - y(below)).toFixed(2);
    return svg("rect", { class: colour(channel), x: (left + 1).toFixed(2), y: y(below).toFixed(2), width: (slot - 2).toFixed(2), height });
  });
  const words = counted.map((channel) => `${channel} ${minute.channels[channel]}`).join(", ");
  return svg("g", { class: "bar" }, svg("title", {}, `${minuteOf(minute.start)}: ${below} events (${words})`), ...parts);
};

const legend = (minutes, channels) =>
  el(
    "ul",
    { class: "legend", "aria-label": "Events of the hour by channel" },
    ...channels.map((channel) =>
      el(
        "li",
        {},
        el("span", { class: `swatch ${colour(channel)}`, "aria-hidden": "true" }),
        `${channel} `,
        el("b", {}, number(minutes.reduce((n, m) => n + (m.channels[channel] ?? 0), 0))),
      ),
    ),
  );
