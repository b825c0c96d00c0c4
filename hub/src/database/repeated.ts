import type { Clock } from "@heatloop/core/time/clock";
import { inBackground } from "@heatloop/program/background";
import { everyUnlessBusy } from "@heatloop/program/every-unless-busy";
import type { Log } from "@heatloop/program/log";
import { isAway } from "./away.ts";

/** What is done again and again beside the requests of people and nodes. */
export type RepeatedWork = {
  /** As it stands in the log where it fails for a reason that nobody expected. */
  readonly what: string;
  readonly eachMs: number;
  /** `isEnded` becomes true when it shall be broken off. */
  readonly work: (isEnded: () => boolean) => Promise<void>;
};

/** Does it each time, unless it is still at it; while the database is away, of which its connections tell, nothing is done. */
export function startRepeated(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  { what, eachMs, work }: RepeatedWork,
): { stop(): Promise<void> } {
  let isEnded = false;
  const look = inBackground(log, what, async () => {
    try {
      await work(() => isEnded);
    } catch (error) {
      if (!isAway(error)) throw error;
    }
  });
  const looks = everyUnlessBusy(clock, eachMs, look);
  return {
    stop() {
      isEnded = true;
      return looks.stop();
    },
  };
}
