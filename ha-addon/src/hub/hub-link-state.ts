import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { HubAnswer } from "./hub-client.ts";

/** How the link to the hub is; times are ms since the epoch. */
export type HubLinkState = {
  /** `waiting`: not asked yet; `away`: it is tried again; `refused`: a person has to change something. */
  readonly state: "off" | "waiting" | "connected" | "away" | "refused";
  /** The id that the hub gave this home; null until it did. */
  readonly node: string | null;
  /** When the hub last took something. */
  readonly sentAt: number | null;
  /** Why it is away or refuses, and what to do. */
  readonly detail: string | null;
  /** How far this machine's clock is behind the hub's, s; negative: ahead. null where they agree, or that is not known. */
  readonly clockBehindS: number | null;
};

export const hubOff: HubLinkState = { state: "off", node: null, sentAt: null, detail: null, clockBehindS: null };

/** From there on times in what the home sends are wrong for the hub. */
const clockOffFromMs = minuteMs;

/** The state after an answer of the hub to `node`, or to who is none yet. */
export function stateAfter(
  answer: HubAnswer,
  before: HubLinkState,
  at: { readonly now: number; readonly node: string | null; readonly clockBehindMs: number | undefined },
): HubLinkState {
  const { now, node, clockBehindMs = 0 } = at;
  const clockBehindS = Math.abs(clockBehindMs) > clockOffFromMs ? Math.round(clockBehindMs / secondMs) : null;
  const common = { ...before, node, clockBehindS };
  if (answer.kind === "taken") return { ...common, state: "connected", sentAt: now, detail: null };
  if (answer.kind === "away") return { ...common, state: "away", detail: answer.why };
  // A node may be refused one thing, and its place at the hub is none the worse for it.
  if (node !== null && answer.status !== 401 && answer.status !== 403) return common;
  const detail = node !== null && answer.status === 401 ? `${keyNotKnown} (${answer.why})` : answer.why;
  return { ...common, state: "refused", detail };
}

/** As after a backup from before the key's last change. */
const keyNotKnown =
  "the hub does not know this home's key: ask whoever runs the hub for a code of this node, and enter it as the claim code";

/** Writes to the log what has changed of the link since it last did. */
export function newLinkTeller(log: Log, clean: (text: string) => string): (state: HubLinkState) => void {
  let told = "";
  let toldClock: number | null = null;

  function tellClock(behindS: number | null): void {
    if (behindS === toldClock) return;
    if (behindS !== null && toldClock !== null && Math.abs(behindS - toldClock) * secondMs <= clockOffFromMs) return;
    if (behindS === null) log.info("this machine's clock agrees with the hub's");
    else log.warn(clockSentence(behindS));
    toldClock = behindS;
  }

  return ({ state, detail, clockBehindS }) => {
    if (state === "waiting") return;
    if (state !== "off") tellClock(clockBehindS);
    const why = clean(detail ?? "");
    // One line an outage: its reasons follow each other as a hub goes and comes back.
    const now = state === "refused" ? `refused ${why}` : state;
    if (now === told) return;
    if (state === "away") log.warn("the hub cannot be reached; it is tried again", { why });
    if (state === "refused") log.error("the hub refuses this home", { why });
    if (state === "connected" && told !== "" && told !== "off") log.info("the hub takes what this home sends again");
    told = now;
  };
}

/** How wrong this machine's clock is, for a person. */
function clockSentence(behindS: number): string {
  const way = behindS > 0 ? "behind" : "ahead of";
  return `this machine's clock is ${Math.abs(behindS)} s ${way} the hub's: let it set its time by the network`;
}
