import type { Queries } from "../database/queries.ts";
import type { HomeDevice } from "./devices.ts";
import type { TransitionRecord } from "./read-rows.ts";

const insert = `
  insert into transitions (tenant_id, device_id, at, nth, zone, kind, from_state, to_state, duration_s, utc_offset_minutes, context)
  select $1, $2, * from unnest($3::timestamptz[], $4::smallint[], $5::smallint[], $6::text[], $7::text[], $8::text[],
    $9::double precision[], $10::smallint[], $11::jsonb[])
  on conflict do nothing`;

/** Stores transitions of a heat pump; answers how many are new. One that is there already is what it was. */
export function storeTransitions(
  queries: Queries,
  { tenant, id }: HomeDevice,
  sent: readonly TransitionRecord[],
): Promise<number> {
  if (sent.length === 0) return Promise.resolve(0);
  // In one order for all, so that two that store the same ones never wait for each other.
  const records = sent.toSorted((a, b) => a.transition.at - b.transition.at || (keyOf(a) < keyOf(b) ? -1 : 1));
  const of = <T>(value: (record: TransitionRecord) => T) => records.map(value);
  return queries.change(insert, [
    tenant,
    id,
    of(({ transition }) => new Date(transition.at).toISOString()),
    of(({ nth }) => nth),
    of(({ transition }) => transition.zone ?? 0),
    of(({ transition }) => transition.kind),
    of(({ transition }) => transition.from ?? ""),
    of(({ transition }) => transition.to ?? ""),
    of(({ transition }) => transition.durationS),
    of(({ utcOffsetMinutes }) => utcOffsetMinutes),
    of(({ transition }) => JSON.stringify(transition.context)),
  ]);
}

function keyOf({ transition: { kind, zone, from, to }, nth }: TransitionRecord): string {
  return JSON.stringify([kind, zone, from, to, nth]);
}
