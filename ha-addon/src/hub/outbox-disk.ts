import { renameSync, rmSync } from "node:fs";
import type { Clock } from "@heatloop/core/time/clock";
import { type Log, messageOf } from "@heatloop/program/log";
import { type OutboxFile, openOutboxFile, type Sqlite } from "./outbox-file.ts";
import { isDamaged, isOfDisk } from "./sqlite-errors.ts";

/** The file of the outbox through all that can happen to it. */
export type OutboxDisk = {
  /** What the work answers; undefined where the disk refuses. */
  read<T>(work: (file: OutboxFile) => T): T | undefined;
  /** Whether the work was done; false where the disk refuses. */
  write(work: (file: OutboxFile) => void): boolean;
  /** Why the disk refuses, until something was written again; null where it does not. */
  trouble(): string | null;
  close(): void;
};

export type OutboxDiskParts = {
  readonly sqlite: Sqlite;
  readonly path: string;
  readonly mostBytes: number;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
};

/** A damaged file is moved aside, and a new one begun; what the disk refuses is logged once. */
export function outboxDisk(parts: OutboxDiskParts): OutboxDisk {
  const { log } = parts;
  const { attempt, close } = mendedFile(parts);
  let trouble: string | null = null;

  function refused(error: unknown): void {
    if (!isOfDisk(error)) throw error;
    close();
    const why = messageOf(error);
    if (trouble === null) {
      log.warn("events for the hub cannot be saved, and the newest wait in memory: is the disk full?", { why });
    }
    trouble = why;
  }

  return {
    read(work) {
      try {
        return attempt(work);
      } catch (error) {
        refused(error);
        return undefined;
      }
    },
    write(work) {
      try {
        attempt(work);
      } catch (error) {
        refused(error);
        return false;
      }
      if (trouble !== null) log.info("events for the hub can be saved again");
      trouble = null;
      return true;
    },
    trouble: () => trouble,
    close,
  };
}

/** The file, opened when it is needed, and begun anew where it is damaged; what else fails is thrown. */
function mendedFile({ sqlite, path, mostBytes, clock, log }: OutboxDiskParts): {
  attempt<T>(work: (file: OutboxFile) => T): T;
  close(): void;
} {
  let file: OutboxFile | undefined;

  function close(): void {
    try {
      file?.close();
    } catch {
      // What could not be written is known already.
    }
    file = undefined;
  }

  function beginAnew(why: string): OutboxFile {
    close();
    const aside = `${path}.broken`;
    renameSync(path, aside);
    rmSync(`${path}-wal`, { force: true });
    log.warn("the events that waited for the hub cannot be read; a new file was begun", { aside, why });
    file = openOutboxFile(sqlite, path, mostBytes);
    const now = clock.now();
    file.drop({ events: 0, from: now, to: now, isDamaged: true });
    return file;
  }

  return {
    attempt(work) {
      try {
        file ??= openOutboxFile(sqlite, path, mostBytes);
        return work(file);
      } catch (error) {
        if (!isDamaged(error)) throw error;
        return work(beginAnew(messageOf(error)));
      }
    },
    close,
  };
}
