import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { type ElectricitySetup, usualElectricity } from "@heatloop/core/energy/electricity-setup";
import type { Minute } from "@heatloop/core/minute/minute";
import { datesBetween } from "@heatloop/core/time/local-day";
import { rome } from "#test/core/examples/example-days.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

export const month = { from: "2026-01-01", to: "2026-01-30" };
/** An immersion heater of 2 kW. */
export const heater: ElectricitySetup = { ...usualElectricity, immersionHeaterW: 2000 };

/**
 * A day of 1 kW in and 4 kW out, on the meter: with an hour of the immersion heater from 12:00 on, and with a flow sensor
 * that is silent for so many hours from midnight on.
 */
export function immersionMinutes(
  date: string,
  { heaterHours = 1, silentHours = 0, isMetered = true } = {},
): readonly Minute[] {
  const start = rome.startOf(date);
  const isOn = (i: number) => i >= 720 && i < 720 + heaterHours * 60;
  return Array.from({ length: (rome.endOf(date) - start) / 60_000 }, (_, i) => {
    const wh = 1000 / 60 + (isOn(i) && isMetered ? 2000 / 60 : 0);
    const at = start + i * 60_000;
    const points = { compressor: 60, compressor_frequency: 49, immersion_heater: isOn(i) ? 60 : 0 };
    const meter = { meter_wh: wh, meter_s: 60, meter_kwh: null };
    const seen = wholeMinute(at, "heating", { heatWh: 4000 / 60, electricityWh: null }, points);
    if (i >= silentHours * 60) return { ...seen, figures: { ...seen.figures, ...meter } };
    return minuteOf(at, { heating_s: 60, ...meter }, points);
  });
}

/** The thirty days of the month; `of` gives what is special on a day, counted from 0. */
export function immersionMonth(
  of: (index: number) => Parameters<typeof immersionMinutes>[1] = () => ({}),
  setup = heater,
): DayEnergy[] {
  return datesBetween(month.from, month.to).map((date, index) =>
    dayEnergy({
      date,
      zone: rome,
      minutes: immersionMinutes(date, of(index)),
      now: rome.endOf(date),
      electricity: setup,
    }),
  );
}
