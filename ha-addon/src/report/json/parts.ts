import { parts } from "@heatloop/core/energy/day-energy";
import type { Report } from "@heatloop/core/report";
import type { Zone } from "@heatloop/core/time/local-day";
import { z } from "zod";
import { cyclesSchema } from "./events-schema.ts";
import { nullableNumber } from "./fields.ts";
import { reportJson, reportSchema } from "./json.ts";

/** Parts of a report that can be asked for alone, where the whole would be a waste. */
export const reportParts = ["energy", "cycles"] as const;
export type ReportPart = (typeof reportParts)[number];

const { version, device, from, to, time_zone, made_at, unit, pending, progress } = reportSchema.shape;
const about = { version, device, from, to, time_zone, made_at, pending, progress };

const side = z.object({ wh: z.number(), missing_wh: z.number(), low_wh: z.number(), high_wh: z.number() }).nullable();
const cost = z
  .object({ currency: z.string(), total_cost: nullableNumber, known_total_cost: nullableNumber })
  .nullable();
const period = z.object({
  from,
  to,
  coverage: nullableNumber,
  recorded_since: reportSchema.shape.total.shape.recorded_since,
  coverage_since: nullableNumber,
  cop: nullableNumber,
  cop_boundary: reportSchema.shape.total.shape.cop_boundary,
  parts: z.record(z.enum(parts), z.object({ heat_wh: nullableNumber, electricity_wh: nullableNumber })),
  sources: z.object({ heat: side, cooling: side, electricity: side }),
});

/** Of the energy of a range what a chart of it needs; each field is that of the whole report. */
export const energyPartSchema = z
  .object({ ...about, unit, total: period, periods: z.array(period.extend({ name: z.string(), cost })), cost })
  .describe("with fields=energy: heat, electricity, COP and cost alone, without what is made of minutes");

/** The runs of the compressor, without the house that is learned from a year. */
export const cyclesPartSchema = z
  .object({ ...about, happened: z.object({ days: z.int(), cycles: cyclesSchema }).nullable() })
  .describe("with fields=cycles: the runs of the compressor alone");

const schemas = { energy: energyPartSchema, cycles: cyclesPartSchema } as const;

/** A part of a report: the same fields with the same values as in the whole. */
export function reportPartJson(part: ReportPart, report: Report, zone: Zone) {
  // A schema takes its own fields out of the whole.
  return schemas[part].parse(reportJson(report, zone));
}
