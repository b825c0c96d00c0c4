import { deviceSlug } from "@heatloop/core/catalogue/device-slug";
import { parts } from "@heatloop/core/energy/day-energy";
import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import { operations } from "@heatloop/core/live/operation";

/** A long-term statistic of Home Assistant and what an hour adds to it, Wh; null where that is not known. */
export type Statistic = {
  /** Such as `heatloop:ecodan_heatpump_electricity_hot_water`. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  readonly whOf: (hour: HourEnergy) => number | null;
};

/** Home Assistant's word for who made a statistic; its ids begin with it. */
export const statisticsSource = "heatloop";

/**
 * The statistics of a device: electricity and heat as a whole and by operation, the cold of cooling, and the two sides of
 * the COP, whose quotient is the COP of any time.
 */
export function statisticsOf(device: string, name: string): Statistic[] {
  const statistic = (id: string, words: string, whOf: Statistic["whOf"]): Statistic => ({
    id: `${statisticsSource}:${deviceSlug(device)}_${id}`,
    name: `${name} ${words}`,
    whOf,
  });
  const heating = operations.filter((operation) => operation !== "cooling");
  return [
    statistic(
      "electricity",
      "electricity",
      ({ electricityWh: by }) => by && parts.reduce((wh, part) => wh + by[part], 0),
    ),
    ...parts.map((part) =>
      statistic(`electricity_${part}`, `electricity, ${wordsOf(part)}`, ({ electricityWh: by }) => by?.[part] ?? null),
    ),
    statistic("heat", "heat", ({ heatWh: by }) => by && heating.reduce((wh, operation) => wh + by[operation], 0)),
    ...heating.map((operation) =>
      statistic(`heat_${operation}`, `heat, ${wordsOf(operation)}`, ({ heatWh: by }) => by?.[operation] ?? null),
    ),
    statistic("cooling", "cooling", ({ heatWh: by }) => by?.cooling ?? null),
    statistic("cop_heat", "COP, its heat", ({ copBasis }) => copBasis?.heatWh ?? null),
    statistic("cop_electricity", "COP, its electricity", ({ copBasis }) => copBasis?.electricityWh ?? null),
  ];
}

function wordsOf(part: string): string {
  return part === "unknown" ? "unknown operation" : part.replaceAll("_", " ");
}
