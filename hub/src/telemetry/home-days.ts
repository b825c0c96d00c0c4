import type { DayFigures, HomeDay } from "@heatloop/core/hub/home-days";
import { firstBelievableMs, mostAheadMs } from "@heatloop/core/hub/telemetry";
import { dayMs } from "@heatloop/core/time/durations";
import { isDate } from "@heatloop/core/time/local-day";
import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { askedTimeSchema } from "../web/times.ts";
import type { HomeDevice } from "./devices.ts";
import { homeCostSchema, storeHomeCosts } from "./home-costs.ts";
import type { ReadRows, RefusedRow } from "./read-rows.ts";
import { sampleOfJson } from "./refused-sample.ts";

const mostInt = 2 ** 31 - 1;
const wh = z.int().min(-mostInt).max(mostInt).nullable();
const count = z.int().min(0).max(mostInt);

const homeDaySchema = z.object({
  date: z.string().refine(isDate),
  made_at: askedTimeSchema,
  seconds: z.int().min(0).max(200_000),
  heat_wh: wh,
  cooling_wh: wh,
  electricity_wh: wh,
  cop: z.number().nullable(),
  cop_heat_wh: wh,
  cop_electricity_wh: wh,
  covered_s: count,
  complete: z.boolean(),
  starts: count,
  defrosts: count,
  cost: homeCostSchema.nullish(),
}) satisfies z.ZodType<HomeDay>;

/**
 * Sorts a home's reports into what can be stored and what can't; of a date the last one counts. Of days before `costsFrom` it is not
 * kept what they cost.
 */
export function readHomeDays(
  sent: readonly unknown[],
  { now, costsFrom }: { readonly now: number; readonly costsFrom: number },
): ReadRows<HomeDay> {
  const rows = new Map<string, HomeDay>();
  const refused: RefusedRow[] = [];
  let tooEarly = 0;
  for (const each of sent) {
    const day = homeDaySchema.safeParse(each).data;
    const at = Date.parse(day?.date ?? "");
    const madeAt = Date.parse(day?.made_at ?? "");
    if (day === undefined || at < firstBelievableMs || at > now + dayMs || madeAt < firstBelievableMs) {
      refused.push({ why: "it is no report of a day, or of a day that can't be", sample: sampleOfJson(each) });
    } else if (madeAt > now + mostAheadMs) tooEarly += 1;
    else if (madeAt >= Date.parse(rows.get(day.date)?.made_at ?? "1970")) rows.set(day.date, day);
  }
  const kept = [...rows.values()].map((day) => (Date.parse(day.date) < costsFrom ? { ...day, cost: undefined } : day));
  return { rows: kept, refused, tooEarly, tooOld: 0 };
}

const columns = [
  ...(["seconds", "heat_wh", "cooling_wh", "electricity_wh", "cop_heat_wh", "cop_electricity_wh"] as const),
  ...(["covered_s", "starts", "defrosts"] as const),
];

const insert = `
  insert into home_days (tenant_id, device_id, date, made_at, cop, complete, ${columns.join(", ")})
  select $1, $2, * from unnest($3::date[], $4::timestamptz[], $5::double precision[], $6::boolean[],
    ${columns.map((_, at) => `$${at + 7}::int[]`).join(", ")})
  on conflict (device_id, date) do update set made_at = excluded.made_at, cop = excluded.cop, complete = excluded.complete,
    ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}
  where excluded.made_at > home_days.made_at`;

/** Stores a home's reports of its days; answers how many are new, or newer than what was there. */
export async function storeHomeDays(queries: Queries, device: HomeDevice, days: readonly HomeDay[]): Promise<number> {
  if (days.length === 0) return 0;
  const ordered = days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const of = <T>(value: (day: HomeDay) => T) => ordered.map(value);
  const stored = await queries.change(insert, [
    device.tenant,
    device.id,
    of(({ date }) => date),
    of(({ made_at: at }) => new Date(at).toISOString()),
    of(({ cop }) => cop),
    of(({ complete }) => complete),
    ...columns.map((name) => of((day) => day[name])),
  ]);
  if (stored > 0) await storeHomeCosts(queries, device, ordered);
  return stored;
}

/** A home's reports of local dates, both included; `made_at` in ms since the epoch. */
export function homeDaysBetween(
  queries: Queries,
  device: number,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<(DayFigures & { readonly made_at: number })[]> {
  return queries.all(
    `select date, made_at, cop, complete, ${columns.join(", ")} from home_days
      where device_id = $1 and date >= $2 and date <= $3 order by date`,
    [device, from, to],
  );
}
