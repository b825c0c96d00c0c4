import type { Clock } from "@heatloop/core/time/clock";
import { dateAfter, type Zone } from "@heatloop/core/time/local-day";
import type { HeatPumpEntities } from "../home-assistant/find-entities.ts";
import type { Hass } from "../home-assistant/hass.ts";
import { numberOf, type ValueSource, valueAt } from "../home-assistant/value.ts";
import { loadReport } from "../range/addon-report.ts";
import { slotsOf } from "../range/date-range.ts";
import { type EnergyBar, type EnergyShown, electricityOf, heatOf, isKnown, isOfApp, noBar } from "./energy-bars.ts";
import { barsOfReport } from "./energy-report.ts";
import { loadStatistics } from "./energy-statistics.ts";
import { periodEntities, periodFigures } from "./period-state.ts";

/** Today and yesterday; `copBasis` is that of the COPs which are not the app's. */
export type TwoDays = Pick<EnergyShown, "copBasis" | "currency"> & {
  readonly today: EnergyBar;
  readonly yesterday: EnergyBar;
};

const ofToday = ["today_electricity", "today_heat", "today_cooling", "today_cop"] as const;

/** What the days follow from where they are read from entities. */
export const twoDaysEntities = [...ofToday, ...periodEntities] as const;

/** What the app's report says of both days, else Home Assistant's statistics. Rejects as Home Assistant does. */
export async function loadTwoDays(
  house: { readonly hass: Hass; readonly heatPump: HeatPumpEntities; readonly clock: Clock },
  today: string,
  zone: Zone,
): Promise<EnergyShown> {
  const range = { from: dateAfter(today, -1), to: today, unit: undefined };
  const slots = slotsOf(range, "day", zone);
  const answer = await loadReport("energy", house, range, "day");
  if (answer?.kind === "answer") return barsOfReport(answer.value, slots);
  return loadStatistics(house.hass, house.heatPump, slots, "day");
}

/** Both days of the best that is known of each: the app's report, Heatloop's entities, statistics. */
export function twoDaysOf(source: ValueSource, today: string, loaded: EnergyShown | undefined): TwoDays {
  const [yesterdayLoaded = noBar, todayLoaded = noBar] = loaded?.bars ?? [];
  const { currency = "", copBasis = "seen_together" } = loaded ?? {};
  if (loaded !== undefined && isOfApp(loaded)) {
    return { today: todayLoaded, yesterday: yesterdayLoaded, currency, copBasis };
  }
  const ownToday = todayOf(source);
  const own = yesterdayOf(source, dateAfter(today, -1));
  const isOwn = isKnown(ownToday) && isKnown(own.bar);
  return {
    today: isKnown(ownToday) ? ownToday : todayLoaded,
    yesterday: isKnown(own.bar) ? own.bar : yesterdayLoaded,
    currency: own.currency,
    copBasis: isOwn ? "seen_together" : copBasis,
  };
}

function todayOf(source: ValueSource): EnergyBar {
  return {
    ...noBar,
    electricity: electricityOf({ all: kwhOf(source, "today_electricity") }),
    heat: heatOf({ all: kwhOf(source, "today_heat"), cooling: kwhOf(source, "today_cooling") }),
    cop: numberOf(source, "today_cop"),
  };
}

/** Retained, a report of an earlier day is of another yesterday. */
function yesterdayOf(source: ValueSource, date: string): { readonly bar: EnergyBar; readonly currency: string } {
  const figures = periodFigures(source, "yesterday");
  if (figures === undefined || figures.from !== date) return { bar: noBar, currency: "" };
  const { electricityKwh, heatKwh, coolingKwh, cop, cost, isCostPart, currency } = figures;
  const bar = {
    ...noBar,
    electricity: electricityOf({ all: electricityKwh }),
    heat: heatOf({ all: heatKwh, cooling: coolingKwh }),
    ...{ cop, cost, isCostPart },
  };
  return { bar, currency };
}

const inKwh: Readonly<Record<string, number>> = { Wh: 0.001, kWh: 1, MWh: 1000 };

/** A person may have chosen another unit for the entity; null where it is no energy. */
function kwhOf(source: ValueSource, id: (typeof ofToday)[number]): number | null {
  const value = valueAt(source, id);
  const factor = value.kind === "number" ? inKwh[value.unit] : undefined;
  return value.kind === "number" && factor !== undefined ? value.value * factor : null;
}
