import * as api from "./api.js";
import { perMinute } from "./chart.js";
import { customerView, noCustomer } from "./customer.js";
import { el, refresh } from "./dom.js";
import { clock, dayAndMinuteOf, number } from "./format.js";
import { overTime } from "./over-time.js";
import { decisionTable, painPointTable, reasonTable } from "./tables.js";

const REFRESH = 5_000;
const SETTLED = 200;
const NOT_FOUND = 404;

const byId = (id) => document.getElementById(id);

/** Epoch milliseconds of the last good answer; null before the first. */
let readAt = null;

// unchanged text is not set again, so that screen readers do not repeat it
const say = (element, text) => {
  if (element.textContent !== text) {
    element.textContent = text;
  }
};

const here = (text) => {
  readAt = Date.now();
  byId("away").hidden = true;
  byId("state").className = "good";
  say(byId("state"), text);
};

const away = (message) => {
  const old = readAt === null ? "Nothing has been read yet." : `What is shown was read at ${clock(readAt).textContent} UTC.`;
  byId("away").hidden = false;
  byId("state").className = "bad";
  say(byId("state"), "Not connected");
  say(byId("away"), `${message} ${old} Trying again every ${REFRESH / 1_000} seconds.`);
};

/** The customer whose page the address names, or null for the overview. */
const customerInAddress = () => {
  const [, id] = location.hash.match(/^#\/customers\/(.+)$/) ?? [];
  try {
    return id === undefined ? null : decodeURIComponent(id);
  } catch {
    return id;
  }
};

const tile = ([title, value, more]) => el("div", {}, el("dt", {}, title), el("dd", {}, number(value)), el("dd", { class: "note" }, more));

const tiles = ({ minutes, painPoints, decisions, customers }) => {
  const events = minutes.flatMap((m) => Object.values(m.channels)).reduce((a, b) => a + b, 0);
  const of = (counts, status) => counts[status] ?? 0;
  return [
    ["Events in the last hour", events, `${(events / 60).toFixed(1)} a minute`],
    ["Customers", customers, "seen within the horizon"],
    ["Pain points detected", of(painPoints, "detected"), `${number(of(painPoints, "open"))} open, ${number(of(painPoints, "retracted"))} retracted`],
    ["Offers", of(decisions, "offered"), `${number(of(decisions, "suppressed"))} held back, ${number(of(decisions, "cancelled"))} cancelled`],
  ].map(tile);
};

const range = () => document.querySelector("#range input:checked").value;

const readOverview = async () => {
  const [summary, pains, definitions, decisions] = await Promise.all([
    api.summary(),
    api.painPoints(),
    api.overTime(range()),
    api.decisions(),
  ]);
  return () => {
    refresh("totals", summary, tiles);
    refresh("live", summary, perMinute);
    refresh("over-time", definitions, overTime);
    refresh("reasons", decisions.reasons, reasonTable);
    refresh("decisions", decisions.latest, decisionTable);
    refresh("pain-points", pains.latest, painPointTable);
    here(summary.asOf === null ? "Connected, no events yet" : `Connected, events up to ${dayAndMinuteOf(summary.asOf)} UTC`);
  };
};

const readCustomer = async (id) => {
  try {
    const view = await api.customer(id);
    return () => {
      refresh("customer", view, customerView);
      here("Connected");
    };
  } catch (error) {
    if (error.status !== NOT_FOUND) {
      throw error;
    }
    return () => {
      refresh("customer", { id, message: error.message }, () => noCustomer(id, "Nobody is known by this id or identifier."));
      here("Connected");
    };
  }
};

/** Answers to a question that was overtaken by a newer one are not shown. */
let asked = 0;

const update = async () => {
  const question = ++asked;
  const id = customerInAddress();
  const draw = await (id === null ? readOverview() : readCustomer(id)).catch((error) => () => away(error.message));
  if (question === asked) {
    draw();
  }
};

const go = async () => {
  const id = customerInAddress();
  byId("overview").hidden = id !== null;
  byId("customer").hidden = id === null;
  byId("customer-id").value = id ?? "";
  document.title = id === null ? "Tributary" : `${id} – Tributary`;
  if (id !== null) {
    refresh("customer", { id }, () => el("p", { class: "empty" }, "Reading…"));
  }
  await update();
};

let resized = 0;

window.addEventListener("hashchange", () => {
  window.scrollTo(0, 0);
  go();
});
window.addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(update, SETTLED);
});
// the address says which view is shown, so the link to the content must not change it
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
byId("range").addEventListener("change", update);
byId("look-up").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = new FormData(event.target).get("id").trim();
  location.hash = `#/customers/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
});

const loop = async () => {
  if (!document.hidden) {
    await update();
  }
  setTimeout(loop, REFRESH);
};

go().then(() => setTimeout(loop, REFRESH));
