import type { DayEnergy } from "../energy/day-energy.ts";
import { type SeasonPerformance, seasonPerformance } from "../energy/season.ts";
import type { DayEvents } from "../events/day-events.ts";
import { heatingSeasonOf } from "../time/heating-season.ts";
import { previousDate, type Zone } from "../time/local-day.ts";
import { type DegreeDayBasis, degreeDayBasis, degreeDays } from "./degree-days.ts";
import {
  type Expectation,
  expectedAgainstReal,
  type HouseModel,
  heatDemandW,
  hotWaterBaseLoad,
  houseModel,
} from "./house.ts";
import { houseDaysOf } from "./house-day.ts";
import { type MeterFinding, meterFindings } from "./meter-fit.ts";

/** What the owner has set about the house. */
export type HouseSetup = {
  /** Coldest outdoor temperature that the heating was designed for, °C; null: not set. */
  readonly designTemperatureC: number | null;
  /** How degree days are counted, a name of `degreeDayBasis`. */
  readonly degreeDays: string;
};

/** The house, its season and its meters, learned from the days up to the end of a report. */
export type HouseReport = {
  /** First and last of the days it is learned from. */
  readonly from: string;
  readonly to: string;
  readonly model: HouseModel;
  readonly hotWater: { readonly whPerDay: number; readonly spreadWh: number } | null;
  /**
   * Kelvin-days of the report's range, from the days whose outdoor temperature is known: below the base temperature of
   * the house (15.5 °C as long as it is not known), and as the owner chose to count them.
   */
  readonly degreeDays: {
    readonly days: number;
    readonly baseC: number;
    readonly kelvinDays: number;
    readonly chosen: DegreeDayBasis & { readonly name: string; readonly kelvinDays: number };
  };
  /** Heat that the house needs at the design temperature; null where it or the house is not known. */
  readonly design: { readonly outdoorC: number; readonly outputW: number; readonly isGuess: boolean } | null;
  /** The last whole day of the range against the house as the other days have it. */
  readonly lastDay: (Expectation & { readonly date: string; readonly outdoorC: number }) | null;
  readonly season: SeasonPerformance;
  /** Systematic differences between meters, with a correction to offer. */
  readonly meters: readonly MeterFinding[];
};

/** Where the house is not known: the base temperature of the British degree days. */
const usualBaseC = 15.5;

/**
 * The house, learned from `days` (of up to a year, ending with the report's last; in order); the report's range is `from`
 * to `to`. `events` by date, of the same days. null where there is no day.
 */
export function houseReport(of: {
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  readonly now: number;
  readonly days: readonly DayEnergy[];
  readonly events: ReadonlyMap<string, DayEvents>;
  readonly setup: HouseSetup;
}): HouseReport | null {
  const { from, to, zone, now, days, events, setup } = of;
  const [first, final] = [days[0], days.at(-1)];
  if (first === undefined || final === undefined) return null;
  const houseDays = houseDaysOf(days, events);
  const model = houseModel(houseDays);
  const inRange = houseDays.filter(({ date }) => date >= from && date <= to);
  const baseC = model.house?.baseTemperatureC ?? usualBaseC;
  const chosen = degreeDayBasis(setup.degreeDays) ?? { baseC: usualBaseC, limitC: usualBaseC };
  const known = inRange.filter(({ outdoorC }) => outdoorC !== null);
  const whole = days.findLast(({ date, complete }) => complete && date >= from && date <= to);
  const lastDay = whole && houseDays.find(({ date }) => date === whole.date);
  const without = lastDay && houseModel(houseDays.filter((day) => day !== lastDay)).house;
  const expectation = lastDay && without ? expectedAgainstReal(without, lastDay) : null;
  const outdoorC = lastDay?.outdoorC ?? null;
  const today = zone.dateOf(now);
  const designC = setup.designTemperatureC;
  return {
    from: first.date,
    to: final.date,
    model,
    hotWater: hotWaterBaseLoad(houseDays),
    degreeDays: {
      days: known.length,
      baseC,
      kelvinDays: degreeDays(known, { baseC, limitC: baseC }),
      chosen: { name: setup.degreeDays, ...chosen, kelvinDays: degreeDays(known, chosen) },
    },
    design:
      model.house === null || designC === null
        ? null
        : {
            outdoorC: designC,
            outputW: heatDemandW(model.house, designC),
            isGuess: designC < model.house.fromOutdoorC,
          },
    lastDay: expectation && lastDay && outdoorC !== null ? { ...expectation, date: lastDay.date, outdoorC } : null,
    season: seasonPerformance(heatingSeasonOf(to), days, to < today ? to : previousDate(today)),
    meters: meterFindings(days),
  };
}
