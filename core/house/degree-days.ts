import type { HouseDay } from "./house.ts";

/** A day whose mean is below `limitC` counts how much it is below `baseC`, °C. */
export type DegreeDayBasis = { readonly baseC: number; readonly limitC: number };

/**
 * How countries count degree days from the mean of a day, by ISO 3166 codes, and `EU`. GB, IE: CIBSE TM41; DE: VDI 3807 and
 * VDI 2067 (Gradtagzahl G 20/15); AT: ÖNORM B 8110-5 (HGT 20/12); CH: SIA 381/3 (HGT 20/12); IT: DPR 412/1993; FR: DJU 18
 * of Météo-France; NL: graaddagen, unweighted; BE: 16.5, gas industry; DK, SE, NO: 17; EU: Eurostat.
 */
export const countryDegreeDays = {
  AT: { baseC: 20, limitC: 12 },
  BE: { baseC: 16.5, limitC: 16.5 },
  CH: { baseC: 20, limitC: 12 },
  DE: { baseC: 20, limitC: 15 },
  DK: { baseC: 17, limitC: 17 },
  EU: { baseC: 18, limitC: 15 },
  FR: { baseC: 18, limitC: 18 },
  GB: { baseC: 15.5, limitC: 15.5 },
  IE: { baseC: 15.5, limitC: 15.5 },
  IT: { baseC: 20, limitC: 20 },
  NL: { baseC: 18, limitC: 18 },
  NO: { baseC: 17, limitC: 17 },
  SE: { baseC: 17, limitC: 17 },
} as const satisfies Readonly<Record<string, DegreeDayBasis>>;

/** What the owner chose, by its name: `15.5`, `20/15` (20 °C in the rooms, below 15 °C outdoors), or `DE`. */
export const usualDegreeDays = "15.5";
const lowestC = 5;
const highestC = 25;

/** The basis of a name; null where there is none of that name. Base from 5 to 25 °C, the limit not above it. */
export function degreeDayBasis(name: string): DegreeDayBasis | null {
  if (Object.hasOwn(countryDegreeDays, name)) return countryDegreeDays[name as keyof typeof countryDegreeDays];
  const [, base, limit] = /^(\d{1,2}(?:\.\d)?)(?:\/(\d{1,2}(?:\.\d)?))?$/.exec(name) ?? [];
  if (base === undefined) return null;
  const baseC = Number(base);
  const limitC = limit === undefined ? baseC : Number(limit);
  return baseC >= lowestC && baseC <= highestC && limitC >= lowestC && limitC <= baseC ? { baseC, limitC } : null;
}

/** Kelvin-days of heating from the means of days; unknown days count nothing. */
export function degreeDays(days: readonly Pick<HouseDay, "outdoorC">[], { baseC, limitC }: DegreeDayBasis): number {
  return days.reduce(
    (sum, { outdoorC }) => sum + (outdoorC !== null && outdoorC < limitC ? Math.max(0, baseC - outdoorC) : 0),
    0,
  );
}
