import type { DayColumns } from "@heatloop/core/energy/day-columns";
import { usesOfColumns, usesOfDays } from "@heatloop/core/energy/day-use";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { RowPasses } from "@heatloop/core/energy/passes/row-passes";
import { plausibleMinute } from "@heatloop/core/energy/plausible-rows";
import type { UsesOf } from "@heatloop/core/energy/timeline";
import { type DayEvents, dayEvents, eventPoints } from "@heatloop/core/events/day-events";
import type { Limits } from "@heatloop/core/events/rules/rule-day";
import { heatFormula, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { MinuteFile } from "./csv/csv-minute-files.ts";
import { csvText } from "./csv/csv-text.ts";
import { type FileOfRows, rowsByDate } from "./rows-by-date.ts";

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
   * where nothing was logged. What is before that date is forgotten. `columns` are the rows of the date, and `passes` go
   * over them.
   */
  make(date: string, columns: DayColumns, passes: RowPasses): DayEvents | undefined;
};

/** Makes the events of the wanted dates. */
export function eventMaker(basis: EventsBasis, isWanted: (date: string) => boolean): EventMaker {
  const { zone, limits } = basis;
  const isNeeded = (date: string) => isWanted(date) || isWanted(previousDate(date)) || isWanted(nextDate(date));
  const formula = heatFormula(basis.water);
  const minuteOf = (_: number, file: FileOfRows, from: number, to: number) => {
    const minute = file.read(file, from, to);
    return minute && minuteByFormula(plausibleMinute(minute), formula);
  };
  const rows = rowsByDate<Minute>(zone, isNeeded, minuteOf, eventPoints);
  const usesOfMinutes = usesOfDays(zone, basis.electricity);

  return {
    take(file, bytes) {
      if (![previousDate(file.date), file.date, nextDate(file.date)].some(isNeeded)) return;
      rows.take(file.date, csvText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), file.path));
    },
    make(date, columns, passes) {
      const [before, after] = [previousDate(date), nextDate(date)];
      for (const each of rows.dates()) if (each < before) rows.forget(each);
      const startAt = zone.startOf(date);
      const minutes = rows.of(date);
      if (minutes === undefined) return undefined;
      const usesOf: UsesOf = (of, from) =>
        from === startAt ? usesOfColumns(zone, basis.electricity, date, columns, passes) : usesOfMinutes(of, from);
      return dayEvents({ date, minutes, zone, limits, usesOf, dayBefore: rows.of(before), nextDay: rows.of(after) });
    },
  };
}
