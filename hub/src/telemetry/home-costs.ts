import type { HomeCost } from "@heatloop/core/hub/home-costs";
import type { HomeDay } from "@heatloop/core/hub/home-days";
import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import type { HomeDevice } from "./devices.ts";

/** More than any heat pump costs in a day, in any currency; what the columns hold is ten times as much. */
const mostMoney = 1e11;
const money = z.number().min(-mostMoney).max(mostMoney);

export const homeCostSchema = z.object({
  currency: z.string().regex(/^([A-Z]{3})?$/),
  cost: money.nullable(),
  known_cost: money.nullable(),
  standing_charge: money,
  total_cost: money.nullable(),
  known_total_cost: money.nullable(),
}) satisfies z.ZodType<HomeCost>;

const columns = ["cost", "known_cost", "standing_charge", "total_cost", "known_total_cost"] as const;

/** Of the report that the hub has now, and of no other. */
const ofStored = "join home_days using (date) where home_days.device_id = $1 and home_days.made_at = sent.made_at";

const insert = `
  insert into home_costs (tenant_id, device_id, date, currency, ${columns.join(", ")})
  select $2, $1, date, currency, ${columns.map((name) => `sent.${name}`).join(", ")}
  from unnest($3::date[], $4::timestamptz[], $5::text[], ${columns.map((_, at) => `$${at + 6}::numeric[]`).join(", ")})
    as sent (date, made_at, currency, ${columns.join(", ")}) ${ofStored}
  on conflict (device_id, date) do update set currency = excluded.currency,
    ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}`;

const remove = `
  delete from home_costs where device_id = $1 and date in (
    select date from unnest($2::date[], $3::timestamptz[]) as sent (date, made_at) ${ofStored})`;

/** Stores what days cost by a home's reports, which are stored before; a report without a price takes away what the one before said. */
export async function storeHomeCosts(queries: Queries, device: HomeDevice, days: readonly HomeDay[]): Promise<void> {
  const ordered = days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const priced = ordered.flatMap(({ cost, ...day }) => (cost == null ? [] : [{ ...day, cost }]));
  const unpriced = ordered.filter(({ cost }) => cost === null);
  const keysOf = (of: readonly HomeDay[]) => [
    of.map(({ date }) => date),
    of.map(({ made_at: at }) => new Date(at).toISOString()),
  ];
  if (priced.length > 0) {
    const currencies = priced.map(({ cost }) => cost.currency);
    const figures = columns.map((name) => priced.map(({ cost }) => cost[name]));
    await queries.change(insert, [device.id, device.tenant, ...keysOf(priced), currencies, ...figures]);
  }
  if (unpriced.length > 0) await queries.change(remove, [device.id, ...keysOf(unpriced)]);
}

/** What local dates cost, both included, by date. */
export async function homeCostsBetween(
  queries: Queries,
  device: number,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<string, HomeCost>> {
  const rows = await queries.all<HomeCost & { readonly date: string }>(
    `select date, currency, ${columns.map((name) => `${name}::float8`).join(", ")} from home_costs
      where device_id = $1 and date >= $2 and date <= $3 order by date`,
    [device, from, to],
  );
  return new Map(rows.map(({ date, ...cost }) => [date, cost]));
}

/** Copies what days cost to a heat pump that was given the same reports of them. */
export async function copyHomeCosts(queries: Queries, from: number, to: number): Promise<void> {
  const copied = ["tenant_id", "date", "currency", ...columns].map((name) => `home_costs.${name}`).join(", ");
  await queries.change(
    `insert into home_costs (device_id, tenant_id, date, currency, ${columns.join(", ")})
      select $2, ${copied} from home_costs
        join home_days old on old.device_id = $1 and old.date = home_costs.date
        join home_days given on given.device_id = $2 and given.date = home_costs.date and given.made_at = old.made_at
      where home_costs.device_id = $1 on conflict do nothing`,
    [from, to],
  );
}
