import { el, empty } from "./dom.js";
import { explanation } from "./explanation.js";
import { clock, dayOf, lasting, plural, time, words } from "./format.js";
import { badge, severity } from "./tables.js";
import { KINDS, timeline } from "./timeline.js";

const NAMES = { touchpoint: "Touchpoints", stage: "Stages", "pain-point": "Pain points", decision: "Decisions" };

/** Kinds that the reader has put away; kept while the page is open. */
const hidden = new Set();

const back = () => el("p", { class: "back" }, el("a", { href: "#/" }, "← Overview"));

export const noCustomer = (id, message) => [back(), el("h1", {}, "Customer"), el("p", { class: "id" }, id), empty(message)];

/** Who it is, where in each journey, and everything that is known in one order of time. */
export const customerView = (view) => {
  const { customer } = view;
  const entries = timeline(view);
  return [
    back(),
    el("h1", {}, "Customer ", el("span", { class: "id" }, customer.id)),
    el(
      "p",
      { class: "note" },
      "Last seen ",
      time(customer.updatedAt),
      ` · ${plural(customer.channelSwitches ?? 0, "channel switch").replace("switchs", "switches")} · known as `,
      el("span", { class: "id" }, (customer.identifiers ?? []).join(", ") || "–"),
    ),
    el("section", { "aria-labelledby": "journeys-title" }, el("h2", { id: "journeys-title" }, "Journeys"), journeys(customer.journeys ?? [])),
    el(
      "section",
      { "aria-labelledby": "explanation-title" },
      el("h2", { id: "explanation-title" }, "Why this is one customer"),
      explanation(customer),
    ),
    el(
      "section",
      { "aria-labelledby": "timeline-title" },
      el("div", { class: "titled" }, el("h2", { id: "timeline-title" }, "Timeline"), filters(entries)),
      el("p", { class: "note" }, "Newest first: the last touchpoints and those that decisions were based on, stages, pain points, decisions."),
      days(entries),
    ),
  ];
};

const journeys = (all) =>
  all.length === 0
    ? empty("No journey yet.")
    : el(
        "ul",
        { class: "journeys" },
        ...all.map((j) =>
          el(
            "li",
            {},
            el("b", {}, j.journey),
            el("span", { class: "now" }, words(j.stage)),
            el("span", { class: "note" }, j.goalReached ? "goal reached " : j.ended ? "ended " : "since ", time(j.enteredAt)),
            ...(j.ended ? [] : [note("for ", lasting(j.timeInStageMs ?? 0), " when last seen")]),
          ),
        ),
      );

const filters = (entries) =>
  el(
    "fieldset",
    { class: "filters" },
    el("legend", { class: "unseen" }, "Show"),
    ...KINDS.map((kind) => {
      const box = el("input", { type: "checkbox", "aria-label": NAMES[kind], onchange: (event) => put(kind, event.target.checked) });
      box.checked = !hidden.has(kind);
      const count = entries.filter((entry) => entry.kind === kind).length;
      return el("label", {}, box, el("span", { class: `mark ${kind}`, "aria-hidden": "true" }), `${NAMES[kind]} ${count}`);
    }),
  );

const put = (kind, shown) => {
  hidden[shown ? "delete" : "add"](kind);
  document.querySelectorAll(`#customer li.${kind}`).forEach((item) => (item.hidden = !shown));
};

const days = (entries) => {
  const byDay = new Map();
  for (const entry of entries) {
    const day = dayOf(entry.time);
    byDay.set(day, [...(byDay.get(day) ?? []), entry]);
  }
  return el("div", {}, ...[...byDay].flatMap(([day, of]) => [el("h3", {}, day), el("ol", { class: "timeline" }, ...of.map(item))]));
};

const item = (entry) => {
  const shown = hidden.has(entry.kind) ? { hidden: "" } : {};
  return el(
    "li",
    { class: entry.kind, ...shown },
    el("span", { class: "at" }, clock(entry.time)),
    el("span", { class: `mark ${entry.kind}`, "aria-hidden": "true" }),
    el("div", { class: "what" }, ...TOLD[entry.kind](entry.of)),
  );
};

const note = (...content) => el("span", { class: "note" }, ...content);

const TOLD = {
  touchpoint: (t) => [el("span", { class: "type" }, words(t.type)), note(t.channel)],
  stage: (s) => [
    el("span", {}, `${s.journey}: `, el("b", {}, words(s.stage))),
    s.dwellMs > 0 ? note("stayed ", lasting(s.dwellMs)) : note(s.over ? "reached" : "still there"),
  ],
  "pain-point": (p) => [
    el("span", {}, "Pain point ", el("b", {}, p.pattern)),
    badge(p.status),
    severity(p.severity),
    note(p.status === "open" ? "due " : "began ", time(p.status === "open" ? p.end : p.start), ...spanOf(p)),
  ],
  decision: (d) => [
    el("span", {}, "Decision on ", el("b", {}, d.pattern)),
    badge(d.status),
    el("span", { class: "reason" }, words(d.reason)),
    note([words(d.action), d.channel ? `on ${d.channel}` : "no channel", d.arm, ...decidedFor(d)].join(" · ")),
  ],
};

/** Whose it was when it was decided, if that turned out to be another. */
const decidedFor = ({ customer, context }) => (context?.customer && context.customer !== customer ? [`decided for ${context.customer}`] : []);

const spanOf = (p) => (p.detectedAt ? [", took ", lasting(Date.parse(p.detectedAt) - Date.parse(p.start))] : []);
