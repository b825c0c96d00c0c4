import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import { type AppSilence, type EnergyShown, isKnown, noBar } from "../../energy/energy-bars.ts";
import { barsOfReport } from "../../energy/energy-report.ts";
import { loadStatistics } from "../../energy/energy-statistics.ts";
import { type Addon, type AddonAnswer, findAddon } from "../../home-assistant/addon.ts";
import type { HeatPumpEntities } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import type { Load } from "../../look/loading.ts";
import { loadReport } from "../../range/addon-report.ts";
import { barUnitOf, type DateRange, slotsOf } from "../../range/date-range.ts";
import { rangeLimits } from "../../range/range-limits.ts";

/** An app that answers within it is not preceded by other figures: nobody wants to see them flip; chosen. */
const headStartMs = 300;

export type EnergyHouse = { readonly hass: Hass; readonly heatPump: HeatPumpEntities; readonly clock: Clock };

/** The energy of a range; what has the same `key` is the same range of the same heat pump. */
export type LoadEnergy = (house: EnergyHouse, range: DateRange, zone: Zone, key: string) => Load<EnergyShown>;

type Answered = { readonly shown: EnergyShown; readonly at: number };

/**
 * The energy of ranges. Heatloop's app has the exact figures; Home Assistant's statistics are there sooner, and are shown
 * until the app answers, or for good where it does not. What the app has answered once is never replaced by statistics.
 */
export function energyLoader(): LoadEnergy {
  const answered = new Map<string, Answered>();
  return (house, range, zone, key) => async (early) => {
    const { hass, heatPump, clock } = house;
    const unit = barUnitOf(range);
    const slots = slotsOf(range, unit, zone);
    const before = answered.get(key);
    const { known } = rangeLimits(range, zone.dateOf(clock.now()));
    const addon = findAddon(hass, clock);
    const report = known && loadReport("energy", house, known, unit);
    const ask = () => loadStatistics(hass, heatPump, slots, unit);
    // The app has no hours; of days and months it knows more than the statistics.
    const statistics = before === undefined || unit === "hour" ? ask() : undefined;
    if (before !== undefined) early(before.shown);
    else if (statistics !== undefined) void showMeanwhile(clock, statistics, early);
    const hours = unit === "hour" ? statistics?.then(({ bars }) => bars, unknownBars) : undefined;

    const answer = await report;
    const bars = await hours;
    if (answer?.kind === "answer") {
      const shown = barsOfReport(answer.value, slots);
      const whole = unit === "hour" ? { ...shown, bars: bars ?? slots.map(() => noBar) } : shown;
      answered.set(key, { shown: whole, at: clock.now() });
      return whole;
    }
    const why = silenceOf(await addon, answer);
    if (before !== undefined && why !== undefined) {
      return { ...before.shown, bars: bars ?? before.shown.bars, from: { kind: "app_earlier", at: before.at, why } };
    }
    return instead(statistics ?? ask(), why);
  };
}

function unknownBars(): undefined {
  return undefined;
}

/** Shows statistics that know anything, after the app's head start. */
async function showMeanwhile(clock: Clock, statistics: Promise<EnergyShown>, early: (shown: EnergyShown) => void) {
  const headStart = new Promise<void>((resolve) => clock.after(headStartMs, resolve));
  const [shown] = await Promise.allSettled([statistics, headStart]);
  if (shown.status === "rejected" || !shown.value.bars.some(isKnown)) return;
  early({ ...shown.value, from: { kind: "statistics_meanwhile" } });
}

/** Statistics for good. Rejects as Home Assistant does, and with the app's reason where that refused too. */
async function instead(statistics: Promise<EnergyShown>, why: AppSilence | undefined): Promise<EnergyShown> {
  const shown = await statistics.catch((error: unknown) => {
    throw why?.kind === "refused" ? new Error(why.reason) : error;
  });
  return why === undefined ? shown : { ...shown, from: { kind: "statistics_instead", why } };
}

/** Why an app that is there did not answer; undefined where there is none, or nobody may know. */
function silenceOf(addon: Addon, answer: AddonAnswer<unknown> | undefined): AppSilence | undefined {
  if (answer?.kind === "stopped") return { kind: "stopped" };
  return addon.kind === "reachable" && answer?.kind === "refused" ? answer : undefined;
}
