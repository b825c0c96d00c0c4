import {
  type Boost,
  boostCommand,
  boostRefused,
  boostSent,
  nextBoost,
  noBoost,
  requestBoost,
} from "@heatloop/core/hot-water/boost";
import { secondMs } from "@heatloop/core/time/durations";

/** What happens to a boost; a duration of 0 minutes asks for its end. */
export type BoostEvent =
  | { readonly pass: number }
  | { readonly ask: number }
  | { readonly person: "on" | "off" }
  | { readonly heatPump: "done" | "away" | "back" | "deaf" | "obeys" }
  /** `lost`: it is away, which is noticed by the silence. */
  | { readonly broker: "away" | "lost" | "back" }
  | { readonly restart: true };

/** Whose the heat pump's boost is: of whoever switched it on, or asked Heatloop for its end; `unclear` where nobody can tell. */
type BoostOwner = "heatloop" | "person" | "unclear" | null;

/** A heat pump with its ESP32, and a program that boosts it; `pass` is in seconds. */
export type BoostWorld = {
  step(event: BoostEvent): void;
  boost(): Boost;
  isOn(): boolean;
  owner(): BoostOwner;
  /** Each command that left, at which second, and whose boost the heat pump had then. */
  readonly sent: readonly { readonly s: number; readonly on: boolean; readonly owner: BoostOwner }[];
};

/** After so long a heat pump that publishes nothing is not trusted any more. */
const silenceS = 60;
/** How often the program looks where nothing is reported. */
const lookEachS = 10;

/** A world at second 0; what the heat pump does is reported `reportS` seconds later. */
export function startBoostWorld(reportS = 0): BoostWorld {
  let s = 0;
  let boost: Boost = noBoost;
  let owner: BoostOwner = null;
  let askedS = Number.NEGATIVE_INFINITY;
  let reported = false;
  /** What it has not reported yet. */
  let reports: { readonly isOn: boolean; readonly atS: number }[] = [];
  const is = { away: false, deaf: false };
  let broker: "away" | "lost" | "back" = "back";
  let lostS = 0;
  const sent: { s: number; on: boolean; owner: BoostOwner }[] = [];
  const isOn = () => owner !== null;
  const input = () => ({
    at: s * secondMs,
    isOn: is.away || broker === "away" || (broker === "lost" && s - lostS > silenceS) ? null : reported,
  });

  function change(to: typeof owner): void {
    owner = to;
    reports.push({ isOn: isOn(), atS: s + reportS });
  }

  /** The program looks at each report. */
  function report(): void {
    while (broker === "back" && reports[0] !== undefined && reports[0].atS <= s) {
      reported = reports.shift()?.isOn === true;
      look();
    }
  }

  function look(): void {
    boost = nextBoost(boost, input());
    // What is on when it is asked for gets the duration.
    const isAdopted = boost.kind === "running" && reports.length === 0 && s - askedS <= 600;
    if (isAdopted && owner === "person") owner = "heatloop";
    const on = boostCommand(boost, input());
    if (on === null) return;
    boost = boostSent(boost, on, s * secondMs);
    if (is.away || broker !== "back") {
      boost = boostRefused(boost, on, s * secondMs);
      return;
    }
    sent.push({ s, on, owner });
    if (!is.deaf && on !== isOn()) change(on ? "heatloop" : null);
  }

  function ask(minutes: number): void {
    boost = requestBoost(boost, minutes, input());
    if (minutes > 0) askedS = s;
    else if (boost.kind === "ending" && isOn()) owner = boost.offSentAt === null ? "heatloop" : "unclear";
    look();
  }

  /** It publishes every state again when it connects. */
  function connect(): void {
    reports = [{ isOn: isOn(), atS: s }];
  }

  function person(switches: "on" | "off"): void {
    // One that begins where nobody sees the last one end may be taken for that.
    const wasOn = boost.kind === "wanted" ? (boost.onSentAt ?? boost.before) !== null : boost.kind !== "none";
    const isUnseen = wasOn && input().isOn === null;
    change(switches === "on" ? (owner ?? (isUnseen ? "unclear" : "person")) : null);
  }

  function heatPump(does: "done" | "away" | "back" | "deaf" | "obeys"): void {
    if (does === "done" && isOn()) change(null);
    if (does === "away" || does === "back") is.away = does === "away";
    if (does === "deaf" || does === "obeys") is.deaf = does === "deaf";
    if (does === "back") connect();
  }

  return {
    step(event) {
      if ("pass" in event) {
        for (const end = s + event.pass; s < end; ) {
          s = Math.min(end, s + lookEachS, ...reports.map(({ atS }) => Math.max(s + 1, atS)));
          report();
          look();
        }
      } else if ("ask" in event) ask(event.ask);
      else if ("person" in event) person(event.person);
      else if ("heatPump" in event) heatPump(event.heatPump);
      else if ("broker" in event) {
        if (broker === "back") lostS = s;
        if (event.broker !== "lost" || broker === "back") broker = event.broker;
        if (broker === "back") connect();
      } else boost = JSON.parse(JSON.stringify(boost));
      report();
    },
    boost: () => boost,
    isOn,
    owner: () => owner,
    sent,
  };
}
