import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";

/** From when the hub keeps the rows of minutes, ms since the epoch: the beginning of a UTC day. */
export type KeptFrom = () => Promise<number>;

const rememberedMs = minuteMs;

/** As the table `retention` says it, which is asked again after a minute. */
export function keptFromOf(database: Database, clock: Clock): KeptFrom {
  let known: { readonly days: number | null; readonly at: number } | undefined;
  return async () => {
    const now = clock.now();
    if (known === undefined || now - known.at >= rememberedMs || now < known.at) {
      const row = await database.transaction({}, (queries) =>
        queries.first<{ days: number | null }>("select days from retention where class = 'raw'"),
      );
      known = { days: row?.days ?? null, at: now };
    }
    return known.days === null ? 0 : Math.floor(now / dayMs - known.days) * dayMs;
  };
}
