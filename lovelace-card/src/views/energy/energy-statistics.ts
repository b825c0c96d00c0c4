import { deviceSlug } from "@heatloop/core/catalogue/device-slug";
import type { Part } from "@heatloop/core/energy/day-energy";
import { type HeatPumpEntities, heatloopId } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import type { BarSlot, BarUnit } from "../../range/date-range.ts";
import { copOf, type EnergyBar, type EnergyShown, type Side, sideOf } from "./energy-bars.ts";

type Use = Part | "all";
/** Statistics that make up one side, by use. */
export type StatisticIds = Readonly<Partial<Record<Use, string>>>;
type Row = { readonly start: number; readonly change?: number | null };
export type StatisticRows = Readonly<Record<string, readonly Row[] | undefined>>;

const electricityUses = ["heating", "hot_water", "cooling", "defrost", "standby", "unknown"] as const;
const heatUses = ["heating", "hot_water", "defrost", "standby"] as const;

/** Where a side may come from, the best first: by use, as Heatloop's own sum of the day, as the firmware's. */
export function statisticIdsOf({
  device,
  entities,
}: HeatPumpEntities): Readonly<Record<"electricity" | "heat", StatisticIds[]>> {
  const id = heatloopId(device);
  const own = id === undefined ? undefined : `heatloop:${deviceSlug(id)}_`;
  const entity = (name: "today_electricity" | "today_heat" | "daily_electricity" | "daily_estimated_heat") => {
    const known = entities.get(name);
    return known === undefined ? [] : [{ all: known }];
  };
  return {
    electricity: [
      ...(own ? [idsOf(`${own}electricity_`, electricityUses)] : []),
      ...entity("today_electricity"),
      ...entity("daily_electricity"),
    ],
    heat: [
      ...(own ? [{ ...idsOf(`${own}heat_`, heatUses), cooling: `${own}cooling` }] : []),
      ...entity("today_heat"),
      ...entity("daily_estimated_heat"),
    ],
  };
}

function idsOf(prefix: string, uses: readonly Part[]): StatisticIds {
  return Object.fromEntries(uses.map((use) => [use, prefix + use]));
}

/** What Home Assistant's recorder knows of a range. Rejects as Home Assistant does where the recorder is off. */
export async function loadStatistics(
  hass: Hass,
  heatPump: HeatPumpEntities,
  slots: readonly BarSlot[],
  period: BarUnit,
): Promise<EnergyShown> {
  const ids = statisticIdsOf(heatPump);
  const rows = await hass.callWS<StatisticRows>({
    type: "recorder/statistics_during_period",
    start_time: new Date(slots[0]?.from ?? 0).toISOString(),
    end_time: new Date(slots.at(-1)?.to ?? 0).toISOString(),
    statistic_ids: [...ids.electricity, ...ids.heat].flatMap((each) => Object.values(each)),
    period,
    units: { energy: "kWh" },
    types: ["change"],
  });
  return barsOfStatistics(rows, ids, slots);
}

/** Statistics as bars: each side from the first of its sources that knows anything of the range. */
export function barsOfStatistics(
  rows: StatisticRows,
  ids: Readonly<Record<"electricity" | "heat", readonly StatisticIds[]>>,
  slots: readonly BarSlot[],
): EnergyShown {
  const electricity = sidesOf(rows, ids.electricity, slots);
  const heat = sidesOf(rows, ids.heat, slots);
  const bars = slots.map((_, index): EnergyBar => {
    const sides = { electricity: electricity[index] ?? null, heat: heat[index] ?? null };
    return { ...sides, cop: copOf([sides]), cost: null, coverage: null };
  });
  const total = { electricity: sumOf(electricity), heat: sumOf(heat), cop: copOf(bars), cost: null, coverage: null };
  return { bars, total, currency: "" };
}

function sidesOf(rows: StatisticRows, sources: readonly StatisticIds[], slots: readonly BarSlot[]): (Side | null)[] {
  const isKnown = (source: StatisticIds) =>
    Object.values(source).some((id) => rows[id]?.some(({ change }) => typeof change === "number"));
  const uses = Object.entries(sources.find(isKnown) ?? {}) as [Use, string][];
  const changes = uses.map(([use, id]) => [use, changesOf(rows[id] ?? [], slots)] as const);
  return slots.map((_, index) => sideOf(Object.fromEntries(changes.map(([use, of]) => [use, of[index] ?? null]))));
}

/** What each slot's rows add up to; null where it has none. Both are in the order of time. */
function changesOf(rows: readonly Row[], slots: readonly BarSlot[]): (number | null)[] {
  let at = 0;
  return slots.map(({ from, to }) => {
    let sum: number | null = null;
    for (; at < rows.length; at++) {
      const { start, change } = rows[at] as Row;
      if (start >= to) break;
      if (start >= from && typeof change === "number") sum = (sum ?? 0) + change;
    }
    return sum;
  });
}

function sumOf(sides: readonly (Side | null)[]): Side | null {
  const uses: Partial<Record<Use, number>> = {};
  for (const side of sides) {
    for (const [use, kwh] of Object.entries(side?.parts ?? {}) as [Use, number][]) uses[use] = (uses[use] ?? 0) + kwh;
  }
  return sideOf(uses);
}
