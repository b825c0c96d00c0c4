import { type Log, type LogFields, messageOf } from "@heatloop/program/log";
import { isAway } from "./away.ts";

/**
 * One piece of work of several: where it can't be done that is logged, and the others go on; undefined then. Rejected only where
 * the database is away, which keeps all of them from being done.
 */
export async function oneAlone<Result>(
  log: Log,
  failure: { readonly message: string; readonly details: LogFields },
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isAway(error)) throw error;
    log.error(failure.message, { ...failure.details, error: messageOf(error) });
    return undefined;
  }
}
