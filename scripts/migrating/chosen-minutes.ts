import { type RunningTotal, runningTotal } from "@heatloop/core/live/running-total";
import { countDaily, type DayOf } from "@heatloop/core/minute/daily-counter";
import { type MeterFigures, noMeterFigures } from "@heatloop/core/minute/external-meter";
import { figures as allFigures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type ArchiveSide, isWhole, knowsMore, type MinutePair } from "./minute-pairs.ts";

/** A minute of the merged archive, and which of the two knew more of it. */
export type ChosenMinute = { readonly minute: Minute; readonly side: ArchiveSide };

/** Chooses the minutes of two archives of one heat pump; takes them in order of time, `next` being the one after it, if there is one. */
export type MinuteChooser = { choose(pair: MinutePair, next: MinutePair | undefined): ChosenMinute };

/** What a counter showed in a row of one side; `at`: the start of its minute. */
type Shown = { readonly side: ArchiveSide; readonly at: number; readonly kwh: number | null };

/** A counter as it is followed through both archives and the merged one: the last row of each that shows it. */
type Followed = { merged: Shown | undefined; readonly own: Map<ArchiveSide, Shown> };

type Choosing = {
  readonly dayOf: DayOf;
  before: MinutePair | undefined;
  side: ArchiveSide;
  /** The heat pump's own counter through the merged rows. */
  total: RunningTotal | undefined;
  readonly counter: Followed;
  /** The external meter. */
  readonly meter: Followed;
};

/**
 * Of each minute the row that knows more, and the new archive's where they know the same. After a gap the new one is gone on with
 * once it has known a whole minute: its first row after a gap also has the starts and the electricity of the gap. And it is left a
 * minute before it knows less, as silence is only noticed once it has lasted. The electricity of a
 * row whose predecessor is of the other archive is the step of the counter between the two, so that the sum is what
 * the counter counted; likewise that of a meter. `dayOf`: the controller's day of a time.
 */
export function minuteChooser(dayOf: DayOf): MinuteChooser {
  const choosing: Choosing = {
    dayOf,
    before: undefined,
    side: "new",
    total: undefined,
    counter: { merged: undefined, own: new Map() },
    meter: { merged: undefined, own: new Map() },
  };
  return {
    choose(pair, next) {
      const side = sideOf(pair, next, choosing);
      const row = pair[side] as Minute;
      const figures = { ...row.figures, ...electricityOf(row, side, choosing), ...meterOf(row, side, choosing.meter) };
      const minute = { ...row, figures };
      followOwn(choosing.counter, pair, counterIn);
      followOwn(choosing.meter, pair, meterIn);
      choosing.counter.merged = counterAfter(choosing, minute, side);
      if (figures.meter_wh !== null) choosing.meter.merged = { side, at: row.at, kwh: figures.meter_kwh };
      choosing.before = pair;
      choosing.side = side;
      return { minute, side };
    },
  };
}

function sideOf(pair: MinutePair, next: MinutePair | undefined, { before, side }: Choosing): ArchiveSide {
  if (pair.new === undefined) return "old";
  if (pair.old === undefined) return "new";
  if (knowsMore(pair.old, pair.new)) return "old";
  if (knowsMore(pair.new, pair.old) || isSameRow(pair.old, pair.new)) return "new";
  const isFollowed = next?.at === pair.at + minuteMs && next.new !== undefined;
  if (isFollowed && knowsMore(next.old, next.new)) return "old";
  const follows = before !== undefined && before.at + minuteMs === pair.at;
  return follows && (side === "new" || isWhole(before.new)) ? "new" : "old";
}

/** Whether all is the same but what follows from the rows before: then it was merged already. */
function isSameRow(old: Minute, fresh: Minute): boolean {
  const stands = allFigures.filter((figure) => figure !== "electricity_wh" && !figure.startsWith("meter_"));
  return stands.every((figure) => old.figures[figure] === fresh.figures[figure]);
}

/** What a row shows of a counter; `before`: what the row before it of the same archive showed. */
type ShownIn = (minute: Minute, before: Shown | undefined) => Pick<Shown, "kwh"> | undefined;

/** A minute that ends in silence has a step of the counter and not its state. */
const counterIn: ShownIn = ({ points: { daily_electricity: kwh }, figures: { electricity_wh: wh } }, before) => {
  if (typeof kwh === "number") return { kwh };
  return wh === null || before?.kwh == null ? undefined : { kwh: addedKwh(before.kwh, wh) };
};
const meterIn: ShownIn = ({ figures: { meter_wh: wh, meter_kwh: kwh } }) => (wh === null ? undefined : { kwh });

function addedKwh(kwh: number, wh: number): number {
  return Math.round(kwh * 1000 + wh) / 1000;
}

function followOwn({ own }: Followed, pair: MinutePair, shownIn: ShownIn): void {
  for (const side of ["old", "new"] as const) {
    const row = pair[side];
    const shows = row === undefined ? undefined : shownIn(row, own.get(side));
    if (shows !== undefined) own.set(side, { side, at: pair.at, ...shows });
  }
}

/** The heat pump's counter after a merged row. */
function counterAfter(choosing: Choosing, minute: Minute, side: ArchiveSide): Shown | undefined {
  const { dayOf, total, counter } = choosing;
  const kwh = minute.points.daily_electricity;
  const { at } = minute;
  if (typeof kwh === "number") {
    choosing.total = total === undefined ? runningTotal({ kwh, at }) : countDaily(total, { kwh, at }, dayOf).total;
    return { side, at, kwh };
  }
  const wh = minute.figures.electricity_wh;
  if (wh === null || total === undefined) return counter.merged;
  choosing.total = { ...total, at, kwh: addedKwh(total.kwh, wh) };
  return { side, at, kwh: choosing.total.kwh };
}

/** Whether the step of a row begins where the merged rows before it end, as it is by the row's own archive. */
function goesOn({ merged, own }: Followed, side: ArchiveSide, isOneDay: (a: number, b: number) => boolean): boolean {
  const before = own.get(side);
  if (merged === undefined || (merged.side === side && merged.at === before?.at)) return true;
  return before !== undefined && before.kwh !== null && before.kwh === merged.kwh && isOneDay(before.at, merged.at);
}

function electricityOf(row: Minute, side: ArchiveSide, { total, counter, dayOf }: Choosing) {
  const kwh = row.points.daily_electricity;
  if (typeof kwh !== "number" || total === undefined) return {};
  if (goesOn(counter, side, (a, b) => dayOf(a) === dayOf(b))) return {};
  const { wh } = countDaily(total, { kwh, at: row.at }, dayOf);
  return { electricity_wh: wh === null ? null : Math.round(wh) };
}

/** A step that also covers time which the merged rows have already is cut to what the meter counted since. */
function meterOf({ at, figures }: Minute, side: ArchiveSide, meter: Followed): Partial<MeterFigures> {
  const { merged } = meter;
  if (figures.meter_wh === null || merged === undefined || goesOn(meter, side, () => true)) return {};
  const endedAt = merged.at + minuteMs;
  const from = at + minuteMs - (figures.meter_s ?? 0) * secondMs;
  if (from >= endedAt) return {};
  const { meter_kwh: kwh } = figures;
  if (kwh === null || merged.kwh === null || kwh < merged.kwh) return noMeterFigures;
  const meterWh = Math.round((kwh - merged.kwh) * 1e6) / 1000;
  return { meter_wh: meterWh, meter_s: (at + minuteMs - endedAt) / secondMs, meter_kwh: kwh };
}
