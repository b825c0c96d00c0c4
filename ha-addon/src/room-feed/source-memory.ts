import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Log } from "../base/log.ts";
import { newQueue } from "../base/queue.ts";

/** A small thing that is kept over restarts; `read` may throw or reject where nothing is there. */
export type FeedMemory = { read(): unknown; write(value: unknown): Promise<void> };

/** Keeps over restarts whether the feed itself switched the firmware's room temperature source. */
export type SourceMemory = {
  /** When it was switched, ms since the epoch; null where it was not. Never rejects. */
  read(): Promise<number | null>;
  /** Writes are queued; `isSwitched` is asked when its turn comes. */
  write(isSwitched: () => boolean): void;
  /** Resolves when all that was to be written is. */
  written(): Promise<void>;
};

const remembered = z.object({ switchedAt: z.number().nullable() });

export function sourceMemory(memory: FeedMemory, { clock, log }: { clock: Clock; log: Log }): SourceMemory {
  const queue = newQueue();

  async function write(isSwitched: boolean): Promise<void> {
    await memory.write({ switchedAt: isSwitched ? clock.now() : null }).catch((error: unknown) => {
      log.warn("cannot remember over a restart that the room temperature source was switched", {
        error: String(error),
      });
    });
  }

  return {
    read: async () => remembered.safeParse(await readMemory(memory)).data?.switchedAt ?? null,
    write(isSwitched) {
      void queue.add(() => write(isSwitched()));
    },
    written: () => queue.onIdle(),
  };
}

/** What a memory holds; undefined where it cannot be read. */
export async function readMemory(memory: FeedMemory): Promise<unknown> {
  try {
    return await memory.read();
  } catch {
    return undefined;
  }
}
