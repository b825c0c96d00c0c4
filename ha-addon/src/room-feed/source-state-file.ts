import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { StateFile } from "../base/state-file.ts";

/** Keeps over restarts whether the feed itself switched the firmware's room temperature source. */
export type SourceState = {
  /** When it was switched, ms since the epoch; null where it was not. Never rejects. */
  read(): Promise<number | null>;
  write(isSwitched: boolean): void;
  /** Resolves when all that was to be written is. */
  written(): Promise<void>;
};

const remembered = z.object({ switchedAt: z.number().nullable() });

/** The state of the source in its file; what cannot be written is logged by the file. */
export function sourceState(stateFile: StateFile, clock: Clock): SourceState {
  let written = Promise.resolve();
  return {
    read: async () => remembered.safeParse(await stateFile.read()).data?.switchedAt ?? null,
    write(isSwitched) {
      written = stateFile.write({ switchedAt: isSwitched ? clock.now() : null });
    },
    written: () => written,
  };
}
