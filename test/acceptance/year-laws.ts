import { parts } from "@heatloop/core/energy/day-energy";
import type { Report } from "@heatloop/core/report";
import { nextDate } from "@heatloop/core/time/local-day";
import type { MeterTotals } from "@heatloop/simulator/firmware/meters";
import { expect } from "vitest";

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The periods of a report are its range, without a gap, and each of their figures adds up to the total. */
export function expectPeriodsToAddUp({ from, to, periods, total }: Report): void {
  expect(periods[0]?.from).toBe(from);
  expect(periods.at(-1)?.to).toBe(to);
  expect(periods.slice(1).map(({ from }) => from)).toEqual(periods.slice(0, -1).map(({ to }) => nextDate(to)));
  type Figure = (period: Report["total"]) => number | null;
  const figures: Record<string, Figure> = {
    seconds: ({ seconds }) => seconds,
    coveredS: ({ coveredS }) => coveredS,
    heatWh: ({ heatWh }) => heatWh,
    coolingWh: ({ coolingWh }) => coolingWh,
    electricityWh: ({ electricityWh }) => electricityWh,
    "COP's heat": ({ copBasis }) => copBasis.heatWh,
    "COP's electricity": ({ copBasis }) => copBasis.electricityWh,
    starts: ({ starts }) => starts,
    defrosts: ({ defrosts }) => defrosts,
    runMinutes: ({ runMinutes }) => runMinutes,
    "days logged": ({ days: { logged } }) => logged,
    "days complete": ({ days: { complete } }) => complete,
    "heat of the best sources": ({ sources }) => sources.heat?.wh ?? null,
    "electricity of the best sources": ({ sources }) => sources.electricity?.wh ?? null,
  };
  for (const part of parts) {
    figures[`heat of ${part}`] = (period) => period.parts[part].heatWh;
    figures[`electricity of ${part}`] = (period) => period.parts[part].electricityWh;
    figures[`seconds of ${part}`] = (period) => period.parts[part].seconds;
  }
  for (const [name, figure] of Object.entries(figures)) {
    expect(sum(periods.map((period) => figure(period) ?? 0)), name).toBe(figure(total) ?? 0);
  }
  const electricityWh = sum(parts.map((part) => total.parts[part].electricityWh ?? 0));
  expect(electricityWh).toBe(total.electricityWh);
  expect(sum(parts.map((part) => total.parts[part].heatWh ?? 0))).toBe((total.heatWh ?? 0) + (total.coolingWh ?? 0));
  expect(sum(parts.map((part) => total.parts[part].seconds))).toBe(total.seconds);
}

/** What the controller metered, as it reports it: in steps of 0.01 kWh. */
export function totalsOf({ heating, hot_water: hotWater, cooling }: MeterTotals) {
  const reported = (wh: number) => Math.round(wh / 10) * 10;
  return {
    heatingHeatWh: reported(heating.deliveredWh),
    heatingElectricityWh: reported(heating.consumedWh),
    hotWaterHeatWh: reported(hotWater.deliveredWh),
    hotWaterElectricityWh: reported(hotWater.consumedWh),
    coolingHeatWh: reported(cooling.deliveredWh),
    coolingElectricityWh: reported(cooling.consumedWh),
  };
}
