import type { Transition } from "@heatloop/core/live/transition";
import { median } from "@heatloop/core/math/theil-sen";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { compareMinute, type MinuteVerdict } from "./compared-minutes.ts";
import { type ArchiveSide, knownS, type MinutePair } from "./minute-pairs.ts";

/** What one archive has of a date, with what it knows of it; Wh. */
export type SideOfDate = {
  readonly rows: number;
  readonly knownS: number;
  readonly heatWh: number;
  readonly electricityWh: number;
};

/** A local date of both archives. */
export type ComparedDate = {
  readonly date: string;
  readonly old: SideOfDate;
  readonly new: SideOfDate;
  /** Minutes that say the same, those that came a moment later included. */
  readonly same: number;
};

/** Minutes one after the other that differ in one way, from `from` until before `to`, ms since the epoch. */
export type DifferentSpan = { readonly from: number; readonly to: number; readonly verdict: MinuteVerdict };

/** Two archives of one heat pump, minute by minute. */
export type ArchiveComparison = {
  readonly dates: readonly ComparedDate[];
  readonly spans: readonly DifferentSpan[];
  /** How much later the new program's clock showed the same changes, ms; null where both saw none together. */
  readonly clockMs: number | null;
  /** Changes that both saw. */
  readonly changes: number;
};

/** What is compared of a local date: its minutes in order of time, and the changes that both wrote. */
export type DateToCompare = {
  readonly date: string;
  readonly pairs: readonly MinutePair[];
  readonly transitions: Readonly<Record<ArchiveSide, readonly Transition[]>>;
};

/** Takes dates in their order; `end` hands back what came of all. */
export type ArchiveComparer = { take(date: DateToCompare): void; end(): ArchiveComparison };

/** Compares the archives of two programs that heard the same heat pump. */
export function archiveComparer(): ArchiveComparer {
  const compared = new Map<string, ComparedDate>();
  const spans: DifferentSpan[] = [];
  const shifts: number[] = [];
  let before: MinutePair | undefined;
  let waiting: { readonly pair: MinutePair; readonly date: string } | undefined;

  /** A minute is compared once the one after it is there. */
  function compareWaiting(after: MinutePair | undefined): void {
    if (waiting === undefined) return;
    const { pair, date } = waiting;
    const verdict = compareMinute(pair, { before, after });
    const ofDate = compared.get(date);
    if (verdict.kind !== "same" && verdict.kind !== "moved") addToSpans(spans, pair.at, verdict);
    else if (ofDate !== undefined) compared.set(date, { ...ofDate, same: ofDate.same + 1 });
    before = pair;
  }

  return {
    take({ date, pairs, transitions }) {
      compared.set(date, { date, old: sideOf(pairs, "old"), new: sideOf(pairs, "new"), same: 0 });
      for (const pair of pairs) {
        compareWaiting(pair);
        waiting = { pair, date };
      }
      shifts.push(...clockShifts(transitions));
    },
    end() {
      compareWaiting(undefined);
      waiting = undefined;
      return { dates: [...compared.values()], spans, clockMs: median(shifts), changes: shifts.length };
    },
  };
}

function addToSpans(spans: DifferentSpan[], at: number, verdict: MinuteVerdict): void {
  const last = spans.at(-1);
  if (last !== undefined && last.to === at && JSON.stringify(last.verdict) === JSON.stringify(verdict)) {
    spans[spans.length - 1] = { ...last, to: at + minuteMs };
  } else spans.push({ from: at, to: at + minuteMs, verdict });
}

function sideOf(pairs: readonly MinutePair[], side: ArchiveSide): SideOfDate {
  const minutes = pairs.flatMap((pair) => pair[side] ?? []);
  const sum = (of: (minute: (typeof minutes)[number]) => number | null) =>
    minutes.reduce((total, minute) => total + (of(minute) ?? 0), 0);
  return {
    rows: minutes.length,
    knownS: sum(knownS),
    heatWh: sum(({ figures }) => figures.heat_wh),
    electricityWh: sum(({ figures }) => figures.electricity_wh),
  };
}

/** No clock that is set over the network is off by more. */
const mostShiftMs = 10 * minuteMs;
/** What a program says of its own connection and its own feed is no clock for the other. */
const own: ReadonlySet<Transition["kind"]> = new Set<Transition["kind"]>(["online", "room_feed"]);

/** How much later the new archive has each change than the old one; of changes that come once within the time that is looked at. */
function clockShifts({ old, new: fresh }: DateToCompare["transitions"]): number[] {
  const key = ({ kind, from, to }: Transition) => `${kind} ${from} ${to}`;
  return old
    .filter(({ kind }) => !own.has(kind))
    .flatMap((change) => {
      const near = (transitions: readonly Transition[]) =>
        transitions.filter((other) => key(other) === key(change) && Math.abs(other.at - change.at) <= mostShiftMs);
      const [match, ...more] = near(fresh);
      return match === undefined || more.length > 0 || near(old).length > 1 ? [] : [match.at - change.at];
    });
}

/** Beyond this the clocks of both machines differ: the delay of a bridge is far below. */
export const clocksDifferMs = 5 * secondMs;
