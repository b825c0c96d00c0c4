import { type Part, parts } from "@heatloop/core/energy/day-energy";
import { type Operation, operations } from "@heatloop/core/live/operation";
import type { Queries } from "../database/queries.ts";
import type { HomeDevice } from "../telemetry/devices.ts";
import { type DayRollup, type SlotRollup, slotTemperatures } from "./day-rollup.ts";

const temperatureColumns = slotTemperatures.map((point) => `${point}_c`);
const slotColumns: readonly string[] = [
  ...operations.map((operation) => `${operation}_wh`),
  ...parts.map((part) => `${part}_electricity_wh`),
  "minutes",
  ...temperatureColumns,
];
const slotTypes: readonly string[] = slotColumns.map((name) =>
  name === "minutes" ? "smallint" : temperatureColumns.includes(name) ? "real" : "int",
);

/** Puts what follows from the rows of a local day in the place of what followed before, and sums its month up again. */
export async function storeRollup(
  queries: Queries,
  device: HomeDevice,
  { date, rollup, now }: { readonly date: string; readonly rollup: DayRollup; readonly now: number },
): Promise<void> {
  await storeDay(queries, device, { date, rollup, now });
  for (const table of ["hours", "quarters"] as const)
    await storeSlots(queries, device, { table, date, slots: rollup[table] });
  await storeMonth(queries, device, date);
}

async function storeDay(
  queries: Queries,
  { tenant, id }: HomeDevice,
  { date, rollup: { day }, now }: { readonly date: string; readonly rollup: DayRollup; readonly now: number },
): Promise<void> {
  if (day === null) {
    await queries.change("delete from days where device_id = $1 and date = $2", [id, date]);
    return;
  }
  const { heatWh, coolingWh, electricityWh, cop, coveredS, complete } = day;
  await queries.change(
    `insert into days (tenant_id, device_id, date, heat_wh, cooling_wh, electricity_wh, cop, covered_s, is_complete, day, made_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      on conflict (device_id, date) do update set heat_wh = excluded.heat_wh, cooling_wh = excluded.cooling_wh,
        electricity_wh = excluded.electricity_wh, cop = excluded.cop, covered_s = excluded.covered_s,
        is_complete = excluded.is_complete, day = excluded.day, made_at = excluded.made_at`,
    [
      ...[tenant, id, date, heatWh, coolingWh, electricityWh, cop, coveredS, complete],
      ...[JSON.stringify(day), new Date(now).toISOString()],
    ],
  );
}

async function storeSlots(
  queries: Queries,
  { tenant, id }: HomeDevice,
  {
    table,
    date,
    slots,
  }: { readonly table: "hours" | "quarters"; readonly date: string; readonly slots: readonly SlotRollup[] },
): Promise<void> {
  await queries.change(`delete from ${table} where device_id = $1 and date = $2`, [id, date]);
  const arrays = slotTypes.map((type, at) => `$${at + 5}::${type}[]`).join(", ");
  await queries.change(
    `insert into ${table} (tenant_id, device_id, date, at, ${slotColumns.join(", ")})
      select $1, $2, $3, * from unnest($4::timestamptz[], ${arrays})`,
    [
      ...[tenant, id, date, slots.map(({ at }) => new Date(at).toISOString())],
      ...operations.map((operation) => slots.map(({ heatWh }) => heatWh?.[operation] ?? null)),
      ...parts.map((part) => slots.map(({ electricityWh }) => electricityWh?.[part] ?? null)),
      slots.map(({ minutes }) => minutes),
      ...slotTemperatures.map((point) => slots.map(({ temperaturesC }) => temperaturesC[point])),
    ],
  );
}

async function storeMonth(queries: Queries, { tenant, id }: HomeDevice, date: string): Promise<void> {
  const month = `${date.slice(0, 8)}01`;
  await queries.change("delete from months where device_id = $1 and month = $2", [id, month]);
  await queries.change(
    `insert into months (tenant_id, device_id, month, heat_wh, cooling_wh, electricity_wh, cop_heat_wh, cop_electricity_wh,
        covered_s, starts, defrosts, days, complete_days)
      select $1, $2, $3::date, sum(heat_wh), sum(cooling_wh), sum(electricity_wh),
        sum((day #>> '{copBasis,all,heatWh}')::int), sum((day #>> '{copBasis,all,electricityWh}')::int),
        sum(covered_s), sum((day ->> 'starts')::int), sum((day ->> 'defrosts')::int),
        count(*) filter (where covered_s > 0), count(*) filter (where is_complete)
      from days where device_id = $2 and date >= $3::date and date < $3::date + interval '1 month' having count(*) > 0`,
    [tenant, id, month],
  );
}

type StoredSlot = Readonly<Record<string, number | null>> & { readonly at: number; readonly minutes: number };

/** The slots of local days, both included but for some, in order of time. */
export async function slotsBetween(
  queries: Queries,
  table: "hours" | "quarters",
  device: number,
  { from, to, except = [] }: { readonly from: string; readonly to: string; readonly except?: readonly string[] },
): Promise<SlotRollup[]> {
  const rows = await queries.all<StoredSlot>(
    `select at, ${slotColumns.join(", ")} from ${table}
      where device_id = $1 and date >= $2 and date <= $3 and date <> all ($4::date[]) order by date, at`,
    [device, from, to, except],
  );
  return rows.map((row) => ({
    at: row.at,
    heatWh: namedOf<Operation>(operations, (name) => row[`${name}_wh`]),
    electricityWh: namedOf<Part>(parts, (name) => row[`${name}_electricity_wh`]),
    minutes: row.minutes,
    temperaturesC: Object.fromEntries(
      slotTemperatures.map((point) => [point, row[`${point}_c`] ?? null]),
    ) as SlotRollup["temperaturesC"],
  }));
}

/** null where none of them is known: they are known together. */
function namedOf<Name extends string>(
  names: readonly Name[],
  valueNamed: (name: Name) => number | null | undefined,
): Record<Name, number> | null {
  const values = names.map((name) => [name, valueNamed(name) ?? null] as const);
  if (values.every(([, value]) => value === null)) return null;
  return Object.fromEntries(values.map(([name, value]) => [name, value ?? 0])) as Record<Name, number>;
}
