import { usesOfDays } from "@heatloop/core/energy/day-use";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { lookAheadMs, lookBackMs } from "@heatloop/core/energy/timeline";
import { type DayEvents, dayEvents, eventPoints } from "@heatloop/core/events/day-events";
import type { Limits } from "@heatloop/core/events/rules/rule-day";
import { heatFormula, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { MinuteFile } from "./csv/csv-minute-files.ts";
import { csvText } from "./csv/csv-text.ts";
import { minuteRows, minutesOf } from "./minutes.ts";

/** What the events of a day follow from, beside the files. */
export type EventsBasis = {
  readonly zone: Zone;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
  readonly limits: Limits;
};

/** Makes the events of days from the bytes of their files, while these are read for other things. */
export type EventMaker = {
  /** Takes the bytes of a file, in the order of dates and parts; they may change afterwards. */
  take(file: MinuteFile, bytes: Uint8Array): void;
  /**
   * The events of a date, in order of dates, once the files of the date and of those beside it were taken; undefined
   * where nothing was logged. What is before that date is forgotten.
   */
  make(date: string): DayEvents | undefined;
};

/** Makes the events of the wanted dates. */
export function eventMaker(basis: EventsBasis, isWanted: (date: string) => boolean): EventMaker {
  const { zone, limits } = basis;
  const isNeeded = (date: string) => isWanted(date) || isWanted(previousDate(date)) || isWanted(nextDate(date));
  const rows = minuteRows(zone, isNeeded, eventPoints);
  const usesOf = usesOfDays(zone, basis.electricity);
  const formula = heatFormula(basis.water);

  /** The minutes of a date that began in a span of time; undefined where the date has none at all. */
  function minutesBetween(date: string, from: number, to: number): Minute[] | undefined {
    const ofTime = rows.of(date)?.filter(({ at }) => at >= from && at < to);
    return ofTime && minutesOf(ofTime).map((minute) => minuteByFormula(minute, formula));
  }

  return {
    take(file, bytes) {
      if (![previousDate(file.date), file.date, nextDate(file.date)].some(isNeeded)) return;
      rows.take(file.date, csvText(Buffer.from(bytes), file.path));
    },
    make(date) {
      const [before, after] = [previousDate(date), nextDate(date)];
      for (const each of rows.dates()) if (each < before) rows.forget(each);
      const [startAt, endAt] = [zone.startOf(date), zone.endOf(date)];
      const minutes = minutesBetween(date, startAt, endAt);
      if (minutes === undefined) return undefined;
      const dayBefore = minutesBetween(before, startAt - lookBackMs, startAt);
      const nextDay = minutesBetween(after, endAt, endAt + lookAheadMs);
      return dayEvents({ date, minutes, zone, limits, usesOf, dayBefore, nextDay });
    },
  };
}
