import type { Database } from "./database.ts";
import type { Queries } from "./queries.ts";

/**
 * Runs statements in one transaction of the owner's as the role of the hub's own jobs, which work for all tenants: it sees what is
 * granted to `heatloop_hub_jobs`, and no more.
 */
export function transactionOfJobs<T>(owner: Database, work: (queries: Queries) => Promise<T>): Promise<T> {
  return owner.transaction({}, async (queries) => {
    await queries.change("set local role heatloop_hub_jobs");
    return work(queries);
  });
}
