import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";

/** From when the hub keeps rows of a class, ms since the epoch: the beginning of a UTC day. Those of minutes are `raw`. */
export type KeptFrom = (rowsClass?: "raw" | "events" | "cost") => Promise<number>;

const rememberedMs = minuteMs;

/** As the table `retention` says it, which is asked again after a minute. */
export function keptFromOf(database: Database, clock: Clock): KeptFrom {
  let known: { readonly days: ReadonlyMap<string, number | null>; readonly at: number } | undefined;
  return async (rowsClass = "raw") => {
    const now = clock.now();
    if (known === undefined || now - known.at >= rememberedMs || now < known.at) {
      const rows = await database.transaction({}, (queries) =>
        queries.all<{ class: string; days: number | null }>("select class, days from retention"),
      );
      known = { days: new Map(rows.map((row) => [row.class, row.days])), at: now };
    }
    const days = known.days.get(rowsClass) ?? null;
    return days === null ? 0 : Math.floor(now / dayMs - days) * dayMs;
  };
}
