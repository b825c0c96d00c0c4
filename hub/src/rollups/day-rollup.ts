import { columnsOfMinutes, noRows } from "@heatloop/core/energy/day-columns";
import { type DayEnergy, dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { type HourEnergy, hourEnergyOfColumns } from "@heatloop/core/energy/hour-energy";
import { type QuarterEnergy, quarterEnergyOfColumns, quarterMs } from "@heatloop/core/energy/quarter-energy";
import { heatFormula, usualWater } from "@heatloop/core/heat/heat-formula";
import type { HomeSetup } from "@heatloop/core/hub/home-setup";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { hourMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";

/** The temperatures of which a slot has the mean. */
export const slotTemperatures = [
  "outdoor_temperature",
  "flow_temperature",
  "return_temperature",
  "zone_1_room_temperature",
  "dhw_temperature",
] as const;

/** A quarter of an hour or an hour of a local day: its energy, its rows, and means of what they have. */
export type SlotRollup = Pick<QuarterEnergy, "at" | "heatWh" | "electricityWh"> & {
  readonly minutes: number;
  readonly temperaturesC: Readonly<Record<(typeof slotTemperatures)[number], number | null>>;
};

/** All that follows from the rows of a local day; `day` is null where nothing is known of it. */
export type DayRollup = {
  readonly day: DayEnergy | null;
  readonly hours: readonly SlotRollup[];
  readonly quarters: readonly SlotRollup[];
};

/** What a home has set that has said nothing of it. */
export const usualSetup: HomeSetup = { electricity: usualElectricity, water: usualWater };

/**
 * Sums up a local day from its minutes (in order of time) and those of the day after, in which the controller reports this
 * day's totals. It is what the program at home makes of the same rows.
 */
export function rollupOfDay(parts: {
  readonly date: string;
  readonly zone: Zone;
  readonly minutes: readonly Minute[];
  readonly nextDay: readonly Minute[];
  readonly setup: HomeSetup;
  /** Bounds a running day. */
  readonly now: number;
}): DayRollup {
  const { date, zone, setup, now } = parts;
  const formula = heatFormula(setup.water);
  const columnsOf = (minutes: readonly Minute[]) =>
    minutes.length === 0 ? noRows : columnsOfMinutes(minutes.map((minute) => minuteByFormula(minute, formula)));
  const columns = columnsOf(parts.minutes);
  const nextDay = parts.nextDay.length === 0 ? undefined : columnsOf(parts.nextDay);
  const shared = { date, zone, now, columns, electricity: setup.electricity };
  const day = dayEnergyOfColumns({ ...shared, nextDay, formula });
  const { heat, cooling, electricity } = day.sources;
  const isKnown = columns.rows > 0 || heat !== null || cooling !== null || electricity !== null;
  return {
    day: isKnown ? day : null,
    hours: slotsOf(hourEnergyOfColumns(shared), parts.minutes, hourMs),
    quarters: slotsOf(quarterEnergyOfColumns(shared), parts.minutes, quarterMs),
  };
}

function slotsOf(
  energies: readonly Pick<HourEnergy, "at" | "heatWh" | "electricityWh">[],
  minutes: readonly Minute[],
  slotMs: number,
): SlotRollup[] {
  const rows = Map.groupBy(minutes, ({ at }) => Math.floor(at / slotMs) * slotMs);
  const energyAt = new Map(energies.map((energy) => [energy.at, energy]));
  const times = [...new Set([...rows.keys(), ...energyAt.keys()])].sort((a, b) => a - b);
  return times.map((at) => {
    const ofSlot = rows.get(at) ?? [];
    const { heatWh = null, electricityWh = null } = energyAt.get(at) ?? {};
    const means = slotTemperatures.map((point) => [point, meanOf(ofSlot.map(({ points }) => points[point] ?? null))]);
    return { at, heatWh, electricityWh, minutes: ofSlot.length, temperaturesC: Object.fromEntries(means) };
  });
}

/** Two decimals more than a sensor has. */
function meanOf(values: readonly unknown[]): number | null {
  const known = values.filter((value) => typeof value === "number");
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 1000) / 1000;
}
