import { operations } from "../live/operation.ts";
import { hourMs, minuteMs } from "../time/durations.ts";
import { parts } from "./day-energy.ts";
import {
  addingUpTo,
  type ColumnsDay,
  type HourEnergy,
  hourEnergyOfColumns,
  slotEnergyOfColumns,
} from "./hour-energy.ts";

export const quarterMs = 15 * minuteMs;

/** Heat and electricity of a quarter of an hour, whole Wh; as those of an hour. */
export type QuarterEnergy = Pick<HourEnergy, "at" | "heatWh" | "electricityWh">;

/**
 * The quarters of the hours of a local day of which anything is known, in order of time. By operation they add up to what
 * `hourEnergyOfColumns` says of their hour, to the Wh, and so to the day.
 */
export function quarterEnergyOfColumns(day: ColumnsDay): QuarterEnergy[] {
  const hours = new Map(hourEnergyOfColumns(day).map((hour) => [hour.at, hour]));
  const quarters = slotEnergyOfColumns(day, quarterMs);
  const byHour = Map.groupBy(quarters, ({ at }) => Math.floor(at / hourMs) * hourMs);
  return [...byHour].flatMap(([at, ofHour]) => {
    const hour = hours.get(at);
    if (hour === undefined) return [];
    const heat = fitted(
      operations,
      ofHour.map(({ heatWh }) => heatWh),
      hour.heatWh,
    );
    const electricity = fitted(
      parts,
      ofHour.map(({ electricityWh }) => electricityWh),
      hour.electricityWh,
    );
    return ofHour.map((quarter, i) => ({
      at: quarter.at,
      heatWh: heat[i] ?? null,
      electricityWh: electricity[i] ?? null,
    }));
  });
}

/** Parts of an hour so that those that are known add up to it. */
function fitted<Name extends string>(
  names: readonly Name[],
  quarters: readonly (Readonly<Record<Name, number>> | null)[],
  hour: Readonly<Record<Name, number>> | null,
): (Record<Name, number> | null)[] {
  const known = quarters.filter((quarter) => quarter !== null);
  const whole = names.map((name) => {
    const values = known.map((quarter) => quarter[name]);
    return known.length === 0 || hour === null ? values : addingUpTo(hour[name], values, values);
  });
  let next = 0;
  return quarters.map((quarter) => {
    if (quarter === null) return null;
    const at = next++;
    return Object.fromEntries(names.map((name, i) => [name, whole[i]?.[at] ?? 0])) as Record<Name, number>;
  });
}
