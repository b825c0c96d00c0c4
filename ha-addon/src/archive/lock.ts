import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";

/** Who may write an archive: this program, another one (`by`: the start of a sentence), or who knows, where no lock holds. */
export type ArchiveClaim =
  | { readonly state: "ours" }
  | { readonly state: "taken"; readonly by: string }
  | { readonly state: "unlockable"; readonly reason: string };

/** The right to write an archive, which one program at a time has. */
export type ArchiveLock = {
  /** Takes it if nobody has it; once it is ours it stays so until `release`. */
  claim(): ArchiveClaim;
  release(): void;
};

const lockName = ".heatloop.lock";
const ownerName = ".heatloop.lock.owner";
const busy = 5;

/**
 * The lock of the archive in `folder`; `program`: the holder's name, for people. It is SQLite's lock
 * on an empty file, which the kernel holds for the process: it ends with it, also by kill -9 and a power cut, and it
 * holds between containers. A process id or a time stamp in a file would need guesses about who is still alive.
 */
export function archiveLock({ folder, program }: { readonly folder: string; readonly program: string }): ArchiveLock {
  const owner = join(folder, ownerName);
  let held: DatabaseSync | undefined;
  let canLock = false;

  function attempt(): ArchiveClaim {
    const locked = lockFile(folder, lockName);
    if (locked instanceof DatabaseSync) {
      held = locked;
      return { state: "ours" };
    }
    if (locked.code !== busy) return { state: "unlockable", reason: locked.reason };
    // Some network shares call every lock taken.
    canLock ||= locksHold(folder);
    if (!canLock) return { state: "unlockable", reason: "the disk knows no locks" };
    return { state: "taken", by: writerOf(folder, readText(owner)) };
  }

  return {
    claim() {
      if (held !== undefined) return { state: "ours" };
      const claim = attempt();
      if (claim.state === "ours") writeText(owner, `${program} on ${hostname()}\n`);
      return claim;
    },
    release() {
      if (held === undefined) return;
      rmSync(owner, { force: true });
      held.close();
      held = undefined;
    },
  };
}

function writerOf(folder: string, owner: string): string {
  const who = owner === "" ? "" : ` (${owner})`;
  return `another program${who} writes the archive ${folder}`;
}

/** What is wrong and what to do, where this program logs. */
export function takenReason({ by }: { readonly by: string }): string {
  return `${by}, so nothing is logged here until it ends: end one of the two, or give each an archive of its own`;
}

/** The owner's name is for people: it may be lost. */
function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch {}
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(0, 200).trim();
  } catch {
    return "";
  }
}

type Refused = { readonly code: number; readonly reason: string };

function lockFile(folder: string, name: string): DatabaseSync | Refused {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = new DatabaseSync(join(folder, name), { timeout: 0 });
    // Nothing is ever written, so no journal is needed on the disk.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE");
    return database;
  } catch (error) {
    database?.close();
    const { errcode, message } = error as Error & { readonly errcode?: number };
    return { code: (errcode ?? 0) & 0xff, reason: message };
  }
}

/** Whether a file that nobody else knows can be locked. */
function locksHold(folder: string): boolean {
  const name = `${lockName}.${crypto.randomUUID()}`;
  const attempt = lockFile(folder, name);
  if (attempt instanceof DatabaseSync) attempt.close();
  rmSync(join(folder, name), { force: true });
  return attempt instanceof DatabaseSync;
}

/** Chosen: soon enough after the other program has ended, and a lock is cheap to try. */
const checkEachMs = 5_000;

/** Calls `begin` once no other program writes the archive: at once, or when that one has ended. */
export function whenOurs(
  { claim, clock }: { readonly claim: () => ArchiveClaim; readonly clock: Clock },
  begin: () => void,
): Stop {
  if (claim().state !== "taken") {
    begin();
    return () => {};
  }
  const stop = clock.every(checkEachMs, () => {
    if (claim().state === "taken") return;
    stop();
    begin();
  });
  return stop;
}

/** Logs each change of who writes the archive. */
export function claimLogger(log: Log): (claim: ArchiveClaim) => void {
  let logged: ArchiveClaim["state"] = "ours";
  return (claim) => {
    if (claim.state === logged) return;
    logged = claim.state;
    if (claim.state === "ours") log.info("no other program writes this archive any more: it is written from here now");
    else if (claim.state === "taken") log.error(takenReason(claim));
    else log.warn("the archive cannot be locked: see to it that no second program writes it", { reason: claim.reason });
  };
}
