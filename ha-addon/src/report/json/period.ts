import { parts } from "@heatloop/core/energy/day-energy";
import type { PeriodSource } from "@heatloop/core/energy/period-sources";
import type { ReportPeriod } from "@heatloop/core/report";
import { z } from "zod";
import { dataOf, type PeriodFigure } from "../period-figure.ts";
import type { periodFigures } from "../period-figures.ts";
import { partsJson, withImmersionJson } from "./day.ts";
import { withImmersionSchema } from "./day-schemas.ts";
import { nullableNumber } from "./fields.ts";

const source = z
  .object({
    days: z.int().describe("of which any source reported it"),
    wh: z.number().describe("with an estimate of what was not seen of these days"),
    missing_wh: z.number().describe("how much of it is that estimate"),
    low_wh: z.number(),
    high_wh: z.number(),
    by_source: z.record(z.string(), z.int()).describe("on how many days each source was used"),
  })
  .nullable();

/** Figures that are grouped in objects; all others are rows of `periodFigures`. */
const nested = z.object({
  with_immersion_heater: withImmersionSchema
    .unwrap()
    .extend({ spf: nullableNumber })
    .nullable()
    .describe("the same with the immersion heater on both sides; null where it did not run"),
  cop_basis: z
    .object({ days: z.int(), heat_wh: z.number(), electricity_wh: z.number() })
    .describe("both sides of the time in which both were seen, without the immersion heater: what the COP is of"),
  days: z.object({
    all: z.int().describe("of the calendar"),
    logged: z.int().describe("of which anything was logged"),
    complete: z.int().describe("over, and seen to 99 %"),
    heat_known: z.int(),
    electricity_known: z.int(),
  }),
  parts: z
    .record(
      z.enum(parts),
      z.object({
        heat_wh: nullableNumber,
        electricity_wh: nullableNumber,
        cop: nullableNumber,
        seconds: z.number().describe("spent in it"),
      }),
    )
    .describe("by use; heat of all but cooling adds up to heat_wh, electricity to electricity_wh, seconds to seconds"),
  sources: z
    .object({ heat: source, cooling: source, electricity: source })
    .describe("each side from the best source of each day, with its range; null where no source reported it"),
});

type Row = (typeof periodFigures)[number];
/** The schemas of the rows that have one, by their names. */
type FigureShape = {
  readonly [Each in Row as Each extends { readonly json: z.ZodType } ? Each["column"] : never]: Each extends {
    readonly json: infer Schema;
  }
    ? Schema
    : never;
};

/** The JSON of a period: a field for each figure of the table that has one, and those grouped in objects. */
export function periodSchemaOf(figures: readonly PeriodFigure[]) {
  const fields = figures.flatMap(({ column, json }) => (json === undefined ? [] : [[column, json]]));
  return z.object({ ...(Object.fromEntries(fields) as FigureShape), ...nested.shape });
}

export type PeriodJson = z.output<ReturnType<typeof periodSchemaOf>>;

export function periodJson(period: ReportPeriod, figures: readonly PeriodFigure[]): PeriodJson {
  const fields = figures.flatMap((figure) =>
    figure.json === undefined ? [] : [[figure.column, dataOf(figure, period)]],
  );
  // A row checks its own value against its schema.
  return { ...(Object.fromEntries(fields) as Omit<PeriodJson, keyof z.output<typeof nested>>), ...nestedJson(period) };
}

function nestedJson(period: ReportPeriod): z.output<typeof nested> {
  const { days, copBasis, withImmersion, spf, sources } = period;
  return {
    with_immersion_heater: withImmersion && {
      ...withImmersionJson(withImmersion),
      spf: spf.withImmersion?.spf ?? null,
    },
    cop_basis: { days: copBasis.days, heat_wh: copBasis.heatWh, electricity_wh: copBasis.electricityWh },
    days: {
      all: days.all,
      logged: days.logged,
      complete: days.complete,
      heat_known: days.heatKnown,
      electricity_known: days.electricityKnown,
    },
    parts: partsJson(period.parts),
    sources: {
      heat: sourceJson(sources.heat),
      cooling: sourceJson(sources.cooling),
      electricity: sourceJson(sources.electricity),
    },
  };
}

function sourceJson(side: PeriodSource<string> | null): z.output<typeof source> {
  if (side === null) return null;
  const { days, wh, missingWh, lowWh, highWh, bySource } = side;
  const used = Object.entries(bySource).flatMap(([name, count]) =>
    count === undefined ? [] : [[name, count] as const],
  );
  return {
    days,
    wh,
    missing_wh: missingWh,
    low_wh: lowWh,
    high_wh: highWh,
    by_source: Object.fromEntries(used),
  };
}
