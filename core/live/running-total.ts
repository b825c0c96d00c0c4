import { hourMs } from "../time/durations.ts";

/** What a counter showed, and when: kWh and ms since the epoch. */
export type CounterState = { readonly kwh: number; readonly at: number };

/**
 * A total that only grows, as it is followed. A fall, or a leap that no heat pump can cause, is not accepted at once:
 * until later values make clear what it was, its energy waits in `doubt`.
 */
export type RunningTotal = CounterState & {
  /** Energy that came sooner than the largest power allows, kWh. */
  readonly aheadKwh: number;
  readonly doubt: Doubt | null;
};

/** The total if it has started again: energy counts from `baseKwh`. */
type Doubt = CounterState & {
  /** `restart`: from zero, or rolled over; `other`: another meter, or nonsense. */
  readonly kind: "restart" | "other";
  readonly baseKwh: number;
  readonly since: number;
  readonly aheadKwh: number;
};

/** Whether a total that starts again each day has passed its midnight. */
export type Midnight = "none" | "possible" | "certain";

/** The step from one state to the next. */
export type CountedStep = {
  /** Wh; null while it is not clear. */
  readonly wh: number | null;
  /** From when on `wh` was used, ms since the epoch. */
  readonly from: number;
  readonly total: RunningTotal;
};

/** More than the compressor and all heaters of the largest Ecodan, or two of them on one meter, take together. Chosen. */
const largestPowerKw = 30;
/** A slow publication shows at once what was used over minutes: two minutes at the largest power. */
const slackKwh = 1;
/** Mean power that may have been used since a start from zero that nobody saw. Chosen: one with its heaters on throughout. */
const unseenPowerKw = 15;
/** It may show this much more at first: what was used before its last report of the old value. Chosen. */
const nearZeroKwh = 0.5;
/**
 * A counter that is restored from flash memory, or reported less exactly, falls by this at most: the larger one. The
 * firmware writes to flash memory every five minutes, and 2 kWh are 24 kW over these; the share is that of fewer digits. Chosen.
 */
const restoredKwh = 2;
const restoredShare = 0.001;
/** Within this of the old value it has come back, also where zero was reported meanwhile: the step of the counter. */
const sameKwh = 0.1;
/** Another meter is accepted when it has been reported for this long without a way back: ten minutes. */
const otherMs = hourMs / 6;
/** After a gap of this length over midnight a daily counter has started again, although it may show more than before. */
const longGapMs = 2 * hourMs;
/** In a gap of at most this length no more than the usual reports were missed. Chosen: ten minutes. */
const shortGapMs = hourMs / 6;
/** Where totals roll over: decimal registers, 0.1 kWh in 16 bits, Wh and mWh in 32. */
const rollOversKwh = [6_553.6, 10_000, 65_536, 100_000, 1_000_000, 4_294.967_296, 4_294_967.296];

/** A total that is followed from a state on. */
export function runningTotal({ kwh, at }: CounterState): RunningTotal {
  return { kwh, at, aheadKwh: 0, doubt: null };
}

/** Whether a total that fell was restored some minutes old, or reported less exactly, rather than started again. */
export function isRestored(beforeKwh: number, nowKwh: number): boolean {
  return nowKwh >= beforeKwh / 2 && beforeKwh - nowKwh <= Math.max(restoredKwh, beforeKwh * restoredShare);
}

/**
 * The step from the last state to the one that is reported now. A small fall is a value restored from flash or reported
 * less exactly: it counts on from the higher one. A fall to nearly zero is a new start once it grows from there, and
 * nothing where it comes back. The energy of any time stays below 30 kW (and 1 kWh that may be reported late).
 * `midnight`: whether the total starts again each day and a midnight of its clock may, or must, lie between.
 */
export function countOn(total: RunningTotal, reported: CounterState, midnight: Midnight = "none"): CountedStep {
  const now = { kwh: reported.kwh, at: Math.max(reported.at, total.at) };
  const gapMs = now.at - total.at;
  const fell = now.kwh < total.kwh;
  const hasPassed = midnight === "certain" && gapMs > (fell ? shortGapMs : longGapMs);
  if (hasPassed || (midnight !== "none" && isRestart(total, now))) return startedAgain(total, now, reported.at);
  if (!fell) {
    const aheadKwh = aheadAfter(total, now, now.kwh - total.kwh);
    if (aheadKwh <= slackKwh) return counted(total, now, now.kwh - total.kwh, aheadKwh, reported.at);
  }
  const { doubt } = total;
  const fallKwh = total.kwh - now.kwh;
  const cameBack = fell && doubt !== null && fallKwh <= Math.max(sameKwh, total.kwh * restoredShare);
  const growing = doubt !== null && now.kwh >= doubt.kwh && !cameBack;
  if (fell && (cameBack || (!growing && isRestored(total.kwh, now.kwh)))) {
    const aheadKwh = aheadAfter(total, now, 0);
    return { wh: 0, from: total.at, total: { kwh: total.kwh, at: reported.at, aheadKwh, doubt: null } };
  }
  if (growing) {
    const grown = grow(total, doubt, now, reported.at);
    if (grown !== null) return grown;
  }
  return doubted(total, now);
}

function counted(total: RunningTotal, now: CounterState, kwh: number, aheadKwh: number, at: number): CountedStep {
  return { wh: wattHours(kwh), from: total.at, total: { kwh: now.kwh, at, aheadKwh, doubt: null } };
}

/** A daily counter after its midnight: all that it shows was used since. */
function startedAgain(total: RunningTotal, now: CounterState, at: number): CountedStep {
  const aheadKwh = aheadAfter(total, now, now.kwh);
  if (aheadKwh <= slackKwh) return counted(total, now, now.kwh, aheadKwh, at);
  return { wh: null, from: total.at, total: runningTotal({ kwh: now.kwh, at }) };
}

/** The step within a doubt; null where that leaps too. */
function grow(total: RunningTotal, doubt: Doubt, now: CounterState, at: number): CountedStep | null {
  const aheadKwh = aheadAfter(doubt, now, now.kwh - doubt.kwh);
  if (aheadKwh > slackKwh) return null;
  const isClear = doubt.kind === "restart" ? now.kwh > doubt.kwh : now.at - doubt.since >= otherMs;
  if (!isClear) return { wh: null, from: total.at, total: { ...total, doubt: { ...doubt, ...now, aheadKwh } } };
  const kwh = now.kwh - doubt.baseKwh;
  const allAheadKwh = aheadAfter(total, now, kwh);
  const isAccepted = allAheadKwh <= slackKwh;
  return {
    wh: isAccepted ? wattHours(kwh) : null,
    from: doubt.kind === "restart" ? total.at : doubt.since,
    total: { kwh: now.kwh, at, aheadKwh: isAccepted ? allAheadKwh : aheadAfter(total, now, 0), doubt: null },
  };
}

function doubted(total: RunningTotal, now: CounterState): CountedStep {
  const baseKwh = restartBase(total, now);
  const doubt: Doubt = {
    kind: baseKwh === null ? "other" : "restart",
    baseKwh: baseKwh ?? now.kwh,
    kwh: now.kwh,
    at: now.at,
    since: now.at,
    aheadKwh: 0,
  };
  return { wh: null, from: total.at, total: { ...total, doubt } };
}

function isRestart(total: CounterState, now: CounterState): boolean {
  return now.kwh < total.kwh && !isRestored(total.kwh, now.kwh) && restartBase(total, now) !== null;
}

/** What a total that fell counts from: 0, below it where a register rolled over; null where it can't have restarted. */
function restartBase(total: CounterState, now: CounterState): number | null {
  if (now.kwh >= total.kwh) return null;
  const mostKwh = (unseenPowerKw * (now.at - total.at)) / hourMs + nearZeroKwh;
  const rolledKwh = rollOversKwh
    .map((register) => now.kwh + register - total.kwh)
    .filter((kwh) => kwh > 0 && kwh <= mostKwh)
    .sort((a, b) => a - b)[0];
  if (rolledKwh !== undefined) return now.kwh - rolledKwh;
  return now.kwh <= mostKwh ? 0 : null;
}

/** Energy that came sooner than the largest power allows, after a step, kWh. */
function aheadAfter(before: CounterState & { readonly aheadKwh: number }, now: CounterState, stepKwh: number): number {
  const possibleKwh = (largestPowerKw * Math.max(0, now.at - before.at)) / hourMs;
  return Math.max(0, before.aheadKwh + stepKwh - possibleKwh);
}

function wattHours(kwh: number): number {
  return Math.round(kwh * 1e6) / 1000;
}
