import { hourMs, minuteMs, passed } from "../time/durations.ts";

/**
 * A boost of the hot water with a duration: the firmware's `force_dhw` is switched on, and off again at its end. One that a
 * person starts at the heat pump has none, and is left alone. `none`: there is no boost with a duration. `wanted`: it was
 * asked for, and the heat pump has not reported it yet. `running`: it has. `ending`: it is over, which the heat pump has not
 * reported yet. Times are ms since the epoch; `onSentAt` and `offSentAt` are when a command left, null where none did; `before`
 * is the last boost where its end was not reported yet.
 */
export type Boost =
  | { readonly kind: "none"; readonly why: BoostEnd | null }
  | {
      readonly kind: "wanted";
      readonly minutes: number;
      readonly askedAt: number;
      readonly onSentAt: number | null;
      readonly before: EndingBoost | null;
    }
  | {
      readonly kind: "running";
      readonly minutes: number;
      readonly askedAt: number;
      readonly onSentAt: number | null;
    }
  | EndingBoost;

type EndingBoost = {
  readonly kind: "ending";
  readonly since: number;
  readonly onSentAt: number | null;
  readonly offSentAt: number | null;
};

/**
 * How a boost came to its end. `over`: by Heatloop, or nothing had begun. `ended_early`: the heat pump or a person switched
 * it off. `not_started`: it was away for too long. `not_taken`, `not_ended`: it did not obey.
 */
export type BoostEnd = "over" | "ended_early" | "not_started" | "not_taken" | "not_ended";

/** What a boost depends on at one moment; `isOn` is what the heat pump reports of `force_dhw`, null where not known. */
export type BoostInput = { readonly at: number; readonly isOn: boolean | null };

export const noBoost: Boost = { kind: "none", why: null };

/** The shortest and the longest boost, minutes; chosen: eight hours heat any tank. */
export const leastBoostMin = 5;
export const mostBoostMin = 480;
/** Chosen, so that a heat pump that went silent meanwhile is known to be away: the firmware answers within a minute. */
const answerMs = 2 * minuteMs;
/** A boost that could not begin for so long is not wanted any more. Chosen. */
const startWithinMs = 10 * minuteMs;
/** What is on so long after the end is more likely a person's boost. Chosen. */
const endWithinMs = 12 * hourMs;

/** When a boost ends, ms since the epoch; null where none is wanted. */
export function boostUntil(boost: Boost): number | null {
  return boost.kind === "wanted" || boost.kind === "running" ? boost.askedAt + boost.minutes * minuteMs : null;
}

/** The boost once a person asks for one of so many minutes from now; 0 ends what is on, also without a duration. */
export function requestBoost(boost: Boost, minutes: number, { at, isOn }: BoostInput): Boost {
  if (minutes === 0) return requestEnd(boost, { at, isOn });
  switch (boost.kind) {
    case "none":
      return { kind: "wanted", minutes, askedAt: at, onSentAt: null, before: null };
    case "wanted":
    case "running":
      return { ...boost, minutes, askedAt: at };
    case "ending": {
      const isOnItsWay = boost.offSentAt === null && mayArrive(boost.onSentAt, at);
      const onSentAt = isOnItsWay ? boost.onSentAt : null;
      return { kind: "wanted", minutes, askedAt: at, onSentAt, before: boost };
    }
  }
}

function requestEnd(boost: Boost, { at, isOn }: BoostInput): Boost {
  switch (boost.kind) {
    case "none":
      return isOn === true ? endingSince(at, null) : boost;
    case "wanted":
      if (boost.onSentAt === null) return boost.before ?? (isOn === true ? endingSince(at, null) : over);
      return endingSince(at, boost.onSentAt);
    case "running":
      return endingSince(at, boost.onSentAt);
    case "ending":
      return boost;
  }
}

const over: Boost = { kind: "none", why: "over" };

function endingSince(since: number, onSentAt: number | null): EndingBoost {
  return { kind: "ending", since, onSentAt, offSentAt: null };
}

/** The boost after a look at the clock and the heat pump; the same object where nothing changed. */
export function nextBoost(boost: Boost, input: BoostInput): Boost {
  switch (boost.kind) {
    case "none":
      return boost;
    case "wanted":
      return afterWanted(boost, input);
    case "running":
      // An off so soon may be of what was before.
      if (input.isOn === false && !mayArrive(boost.onSentAt, input.at)) return { kind: "none", why: "ended_early" };
      return isOver(boost, input) ? endingSince(input.at, boost.onSentAt) : boost;
    case "ending":
      return afterEnding(boost, input);
  }
}

type Kind<K extends Boost["kind"]> = Extract<Boost, { readonly kind: K }>;

function isOver({ minutes, askedAt }: Kind<"wanted" | "running">, { at }: BoostInput): boolean {
  return passed(askedAt, at, minutes * minuteMs);
}

/** Whether a command that was sent may still take effect. */
function mayArrive(sentAt: number | null, at: number): boolean {
  return sentAt !== null && !passed(sentAt, at, answerMs);
}

function afterWanted(boost: Kind<"wanted">, input: BoostInput): Boost {
  const { minutes, askedAt, onSentAt, before } = boost;
  const { at, isOn } = input;
  const isLeftOver = onSentAt === null && before !== null && mayArrive(before.offSentAt, at);
  if (isOn === true && !isLeftOver) return nextBoost({ kind: "running", minutes, askedAt, onSentAt }, input);
  if (onSentAt === null) {
    const isTooLate = passed(askedAt, at, startWithinMs) || isOver(boost, input);
    return isTooLate ? (before ?? { kind: "none", why: "not_started" }) : boost;
  }
  if (isOn === false && !mayArrive(onSentAt, at)) return { kind: "none", why: "not_taken" };
  return isOver(boost, input) ? endingSince(at, onSentAt) : boost;
}

function afterEnding(boost: EndingBoost, { at, isOn }: BoostInput): Boost {
  const { since, onSentAt, offSentAt } = boost;
  if (isOn === false && (offSentAt !== null || !mayArrive(onSentAt, at))) return over;
  if (passed(since, at, endWithinMs)) return { kind: "none", why: "not_ended" };
  // What was sent to one that went away may not have arrived.
  if (isOn === null && offSentAt !== null) return { ...boost, offSentAt: null };
  if (isOn === true && offSentAt !== null && !mayArrive(offSentAt, at)) return { kind: "none", why: "not_ended" };
  return boost;
}

/** What `force_dhw` is to be sent now; null where nothing is. */
export function boostCommand(boost: Boost, input: BoostInput): boolean | null {
  const { at, isOn } = input;
  if (boost.kind === "wanted") return boost.onSentAt === null && isOn === false ? true : null;
  if (boost.kind !== "ending" || boost.offSentAt !== null) return null;
  return isOn === true || mayArrive(boost.onSentAt, at) ? false : null;
}

/** The boost once a command is on its way. */
export function boostSent(boost: Boost, isOn: boolean, at: number): Boost {
  if (boost.kind === "wanted" && isOn) return { ...boost, onSentAt: at };
  return boost.kind === "ending" && !isOn ? { ...boost, offSentAt: at } : boost;
}

/** The boost once it is known that a command did not leave. */
export function boostRefused(boost: Boost, isOn: boolean, sentAt: number): Boost {
  if (isOn) return "onSentAt" in boost && boost.onSentAt === sentAt ? { ...boost, onSentAt: null } : boost;
  return boost.kind === "ending" && boost.offSentAt === sentAt ? { ...boost, offSentAt: null } : boost;
}
