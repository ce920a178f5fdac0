// One customer's documents as one list. Pure: documents in, entries out.

/** What happens at one instant is told in this order: an event, the stage it leads to, the pain it completes, the answer. */
export const KINDS = ["touchpoint", "stage", "pain-point", "decision"];

/**
 * @returns [{kind, time, of}] newest first; of is the touchpoint, {journey, stage, leftAt?, dwellMs?, over}, the pain point
 * or the decision
 */
export const timeline = ({ customer, painPoints, decisions }) =>
  [...touchpoints(customer, decisions), ...stages(customer), ...painPoints.map(pain), ...decisions.map(decision)].sort(newestFirst);

const newestFirst = (a, b) => Date.parse(b.time) - Date.parse(a.time) || KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind);

/** The customer's last ones and those that a decision was based on; one event is one touchpoint. */
const touchpoints = (customer, decisions) => {
  const byEvent = new Map();
  for (const touchpoint of [customer, ...decisions.map((d) => d.context ?? {})].flatMap((of) => of.touchpoints ?? [])) {
    byEvent.set(touchpoint.event, { kind: "touchpoint", time: touchpoint.time, of: touchpoint });
  }
  return byEvent.values();
};

const stages = (customer) =>
  (customer.journeys ?? []).flatMap(({ journey, ended, visits }) =>
    (visits ?? []).map((visit) => ({ kind: "stage", time: visit.enteredAt, of: { journey, over: ended || "leftAt" in visit, ...visit } })),
  );

const pain = (painPoint) => ({ kind: "pain-point", time: painPoint.detectedAt ?? painPoint.start, of: painPoint });

const decision = (of) => ({ kind: "decision", time: of.decidedAt, of });
