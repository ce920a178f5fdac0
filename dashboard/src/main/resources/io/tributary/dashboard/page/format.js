// Values as text. Every time is UTC, so that two readers of one link see the same.

import { el } from "./dom.js";

const iso = (value) => {
  const date = new Date(value ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const part = (from, to) => (value) => iso(value)?.slice(from, to).replace("T", " ") ?? "–";

export const dayOf = part(0, 10);
export const minuteOf = part(11, 16);
export const dayAndMinuteOf = part(5, 16);
const secondOf = part(11, 19);
const dayAndSecondOf = part(0, 19);

const timeAs = (text) => (value) =>
  iso(value) === null ? el("span", {}, "–") : el("time", { datetime: iso(value) }, text(value));

export const time = timeAs(dayAndSecondOf);
export const clock = timeAs(secondOf);

export const number = (value) => new Intl.NumberFormat("en").format(value);

export const plural = (n, word) => `${number(n)} ${word}${n === 1 ? "" : "s"}`;

/** no_consent -> no consent */
export const words = (id) => String(id ?? "–").replaceAll("_", " ");

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];

/** A length of time. */
export const lasting = (millis) => el("time", { datetime: `PT${millis / 1_000}S` }, duration(millis));

/** The two largest units: 14 min 3 s. */
const duration = (millis) => {
  const first = UNITS.findIndex(([, size]) => millis >= size);
  if (first < 0) {
    return `${millis} ms`;
  }
  let rest = millis;
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${unit}` : "";
  });
  return parts.filter(Boolean).join(" ");
};
