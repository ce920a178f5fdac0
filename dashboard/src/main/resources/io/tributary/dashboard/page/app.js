import * as api from "./api.js";
import { perMinute } from "./chart.js";
import { customerView } from "./customer.js";
import { empty, show } from "./dom.js";
import { decisionTable, definitionTable, painPointTable, reasonTable } from "./tables.js";

const REFRESH = 5_000;

const state = document.getElementById("state");

const say = (text, away = false) => {
  state.classList.toggle("away", away);
  // unchanged text is not set again, so that screen readers do not repeat it
  if (state.textContent !== text) {
    state.textContent = text;
  }
};

const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

const inWords = (summary) =>
  [
    plural(summary.customers, "customer"),
    plural(summary.painPoints.detected ?? 0, "pain point"),
    plural(summary.decisions.offered ?? 0, "offer"),
  ].join(", ");

/** A table that is being read (focus inside) is left alone until the reader moves on. */
const refresh = (id, ...children) => {
  if (!document.getElementById(id).contains(document.activeElement)) {
    const open = document.querySelector(`#${id} details`)?.open ?? false;
    show(id, ...children);
    document.querySelector(`#${id} details`)?.toggleAttribute("open", open);
  }
};

const update = async () => {
  try {
    const [summary, pains, decisions] = await Promise.all([api.summary(), api.painPoints(), api.decisions()]);
    refresh("live", ...perMinute(summary));
    refresh("definitions", definitionTable(pains.definitions));
    refresh("pain-points", painPointTable(pains.latest, lookUp));
    refresh("reasons", reasonTable(decisions.reasons));
    refresh("decisions", decisionTable(decisions.latest, lookUp));
    say(inWords(summary));
  } catch (error) {
    say(`${error.message} What is shown may be old.`, true);
  }
};

const lookUp = async (id) => {
  document.getElementById("customer-id").value = id;
  show("customer", empty("Reading…"));
  try {
    show("customer", ...customerView(await api.customer(id)));
  } catch (error) {
    show("customer", empty(error.message));
  }
  document.getElementById("customer-title").scrollIntoView();
};

document.getElementById("look-up").addEventListener("submit", (event) => {
  event.preventDefault();
  lookUp(new FormData(event.target).get("id").trim());
});

const loop = async () => {
  if (!document.hidden) {
    await update();
  }
  setTimeout(loop, REFRESH);
};

loop();
