import { type DayColumns, energyColumns } from "@heatloop/core/energy/day-columns";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";

const rows = 300;

/** A made-up day with a bit of everything: each column has its own numbers, unknown cells, and minutes are missing. */
export function sampleDay(): {
  readonly date: string;
  readonly zone: Zone;
  readonly columns: DayColumns;
  readonly nextDay: DayColumns;
  readonly now: number;
} {
  const zone = zoneOf("UTC") as Zone;
  const date = "2026-01-01";
  const from = zone.startOf(date);
  return {
    date,
    zone,
    columns: madeUp(from),
    nextDay: madeUp(zone.endOf(date)),
    now: zone.endOf(date),
  };
}

function madeUp(from: number): DayColumns {
  return {
    rows,
    // 4 of 5 minutes, spread over the day.
    times: Float64Array.from({ length: rows }, (_, row) => from + Math.floor(row * 4.75) * minuteMs),
    columns: energyColumns.map((_, column) =>
      Float64Array.from({ length: rows }, (__, row) =>
        (row * 7 + column * 13) % 31 === 0 ? Number.NaN : (row * (column + 3)) % 61,
      ),
    ),
  };
}
