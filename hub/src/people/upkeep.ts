import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";

const eachMs = hourMs;

/** Tables whose policies let who has named nothing remove what is over, and nothing else. */
const tables = ["sessions", "login_tries", "invitations", "mails", "password_resets"] as const;

/** Removes what is over, each hour; several hubs may do so at once. */
export function startUpkeep(database: Database, clock: Clock, log: Log): Stop {
  const remove = inBackground(log, "removing what is over", () => removeWhatIsOver(database));
  return clock.every(eachMs, () => void remove());
}

/** Without any condition: the policies alone say what is over. */
async function removeWhatIsOver(database: Database): Promise<void> {
  for (const table of tables) {
    await database.transaction({}, (queries) => queries.change(`delete from ${table}`));
  }
}
