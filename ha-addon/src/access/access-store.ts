import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { FileDisk } from "../base/durable-file.ts";
import { newQueue } from "../base/queue.ts";
import { type KeptAccess, readAccess, writeAccess } from "./access-file.ts";
import { livingSessions } from "./session.ts";

/** When something was last used is written at most this often; a crash costs as much of it. */
const usedEachMs = 10 * minuteMs;

/** What the next state is, made of the present one; undefined: it stays as it is. */
type Change = (kept: KeptAccess) => KeptAccess | undefined;

/** What holds of `access.json`, and the file itself. */
export type AccessStore = {
  kept(): KeptAccess;
  /** Why nobody is let in until a person mends the file; undefined: all is well. */
  readonly trouble: string | undefined;
  /** Writes a change, and then it holds. Resolves with whether there was one; rejected where it cannot be written. */
  commit(change: Change): Promise<boolean>;
  /** The same for what holds at once, even where it cannot be written. */
  hold(change: Change): Promise<boolean>;
  /** Something in it was used: that is written some time later. */
  used(): void;
  close(): Promise<void>;
};

export type StoreParts = {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly disk?: FileDisk | undefined;
};

export async function openAccessStore({ folder, clock, log, disk }: StoreParts): Promise<AccessStore> {
  const file = join(folder, "access.json");
  const read = await readAccess(file);
  const trouble = read.ok ? undefined : troubleSentence(read.why);
  if (trouble !== undefined) log.error(trouble, { file });
  const queue = newQueue();
  let kept: KeptAccess = read.ok ? read.kept : { password: null, sessions: [], tokens: [] };
  let writtenAt = clock.now();
  let isNewer = false;
  let isQueued = false;

  async function write(next: KeptAccess): Promise<void> {
    writtenAt = clock.now();
    isNewer = true;
    await writeAccess(file, next, disk);
    isNewer = false;
  }

  function apply(change: Change, when: "first" | "once written"): Promise<boolean> {
    return queue.add(async () => {
      const next = trouble === undefined ? change(kept) : undefined;
      if (next === undefined) return false;
      const living = { ...next, sessions: livingSessions(next.sessions, clock.now()) };
      if (when === "first") kept = living;
      await write(living);
      kept = living;
      return true;
    });
  }

  async function writeNewer(): Promise<void> {
    isQueued = false;
    if (!isNewer) return;
    await write(kept).catch((error: unknown) => {
      log.warn("access.json cannot be saved: is the data folder full or read-only?", { file, error: String(error) });
    });
  }

  return {
    kept: () => kept,
    trouble,
    commit: (change) => apply(change, "once written"),
    hold: (change) => apply(change, "first"),
    used() {
      isNewer = true;
      if (isQueued || Math.abs(clock.now() - writtenAt) < usedEachMs) return;
      isQueued = true;
      void queue.add(writeNewer);
    },
    close: () => queue.add(writeNewer),
  };
}

function troubleSentence(why: string): string {
  return (
    `Nobody is let in, as access.json in the data folder says who may, and ${why}. Put it back from a backup, or ` +
    "remove it and set a new password; then restart Heatloop."
  );
}
