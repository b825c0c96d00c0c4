import { chmodSync, closeSync, openSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { HomeEvent } from "@heatloop/core/hub/home-events";

/** An event that waits, and its place in the order in which they came. */
export type WaitingEvent = { readonly place: number; readonly event: HomeEvent };

/** Events that had to go; times are ms since the epoch. `isDamaged`: the file they were in could not be read, so their number is not known. */
export type DroppedEvents = {
  readonly events: number;
  readonly from: number;
  readonly to: number;
  readonly isDamaged: boolean;
};

/** Dropped events as they are told to the hub: under an id of their own, and not added to any more. */
export type ToldDropped = DroppedEvents & { readonly id: string };

/** SQLite as Node.js has it: who opens the outbox loads it, as a home without a hub is spared it. */
export type Sqlite = { readonly DatabaseSync: typeof DatabaseSync };

/** Events in a file of SQLite. Everything throws what SQLite says of a disk or a file that refuses. */
export type OutboxFile = {
  /** Adds an event; the oldest ones go where the file would grow beyond its size. */
  add(event: HomeEvent, at: number): void;
  /** The oldest ones of up to a time. */
  oldest(most: number, until: number): WaitingEvent[];
  remove(places: readonly number[]): void;
  drop(dropped: DroppedEvents): void;
  /** What is to be told of dropped events; it stays the same until it was told. */
  dropped(newId: () => string): ToldDropped | undefined;
  forgetTold(): void;
  waiting(): number;
  /** How many were ever dropped. */
  droppedInAll(): number;
  /** A small value that is kept beside the events. */
  kept(name: string): string | undefined;
  keep(name: string, value: string): void;
  empty(): void;
  close(): void;
};

/** Read and written by the owner alone; SQLite gives the files beside it the same rights. */
const ownersOnly = 0o600;
/** So many go at once: making room for each one by itself would write the same pages again and again. */
const droppedAtOnce = 64;
const inAll = "dropped in all";

const schema = `
  create table if not exists events (place integer primary key autoincrement, at integer not null, body text not null) strict;
  create table if not exists dropped (
    is_told integer primary key, id text not null, events integer not null, from_at integer not null, to_at integer not null,
    is_damaged integer not null
  ) strict;
  create table if not exists kept (name text primary key, value text not null) strict;`;

/**
 * Opens the file or makes it; `mostBytes` bounds it. Each change is on the disk when it returns (`synchronous = full`): a home has a
 * few events an hour, and one that was told live must not be another after a power cut.
 */
export function openOutboxFile({ DatabaseSync }: Sqlite, file: string, mostBytes: number): OutboxFile {
  closeSync(openSync(file, "a", ownersOnly));
  chmodSync(file, ownersOnly);
  const db = new DatabaseSync(file);
  try {
    // One program alone has it, which spares the shared memory; 256 kB of its pages are in memory.
    for (const pragma of ["locking_mode = exclusive", "journal_mode = wal", "synchronous = full", "cache_size = -256"])
      db.exec(`pragma ${pragma}`);
    // The log of changes stays at some 256 kB, as a disk that is nearly full has to hold it beside the file.
    db.exec("pragma wal_autocheckpoint = 64; pragma journal_size_limit = 524288");
    db.exec(schema);
    return fileOf(db, mostBytes);
  } catch (error) {
    db.close();
    throw error;
  }
}

type Kept = Pick<OutboxFile, "kept" | "keep">;

function fileOf(db: DatabaseSync, mostBytes: number): OutboxFile {
  const waiting = { events: numberOf(db, "select count(*) from events") };
  const kept = keptOf(db);
  const { drop, ...dropped } = droppedOf(db, kept);
  const atOnce = (work: () => void) => together(db, waiting, work);
  const makeRoom = roomMaker(db, { waiting, drop, mostBytes });
  return {
    ...kept,
    ...dropped,
    add: (event, at) =>
      atOnce(() => {
        db.prepare("insert into events (at, body) values (?, ?)").run(at, JSON.stringify(event));
        waiting.events += 1;
        makeRoom();
      }),
    oldest: (most, until) =>
      db
        .prepare("select place, body from events where at <= ? order by place limit ?")
        .all(until, most)
        .map(({ place, body }) => ({ place: Number(place), event: JSON.parse(String(body)) as HomeEvent })),
    remove: (places) =>
      atOnce(() => {
        const statement = db.prepare("delete from events where place = ?");
        for (const place of places) waiting.events -= Number(statement.run(place).changes);
      }),
    drop: (events) => atOnce(() => drop(events)),
    waiting: () => waiting.events,
    empty: () =>
      atOnce(() => {
        db.exec("delete from events; delete from dropped; delete from kept");
        waiting.events = 0;
      }),
    close: () => db.close(),
  };
}

/** Does all of some work, or nothing of it. */
function together(db: DatabaseSync, waiting: { events: number }, work: () => void): void {
  db.exec("begin immediate");
  const before = waiting.events;
  try {
    work();
    db.exec("commit");
  } catch (error) {
    waiting.events = before;
    if (db.isTransaction) db.exec("rollback");
    throw error;
  }
}

/** Drops the oldest events for as long as all of them take more room than they may; the newest one stays. */
function roomMaker(
  db: DatabaseSync,
  parts: { readonly waiting: { events: number }; readonly drop: OutboxFile["drop"]; readonly mostBytes: number },
): () => void {
  const { waiting, drop, mostBytes } = parts;
  const pageBytes = numberOf(db, "pragma page_size");
  const usedBytes = () => (numberOf(db, "pragma page_count") - numberOf(db, "pragma freelist_count")) * pageBytes;

  function dropOldest(): void {
    const found = db
      .prepare(
        `select count(*) as events, min(at) as first, max(at) as last, max(place) as place
          from (select place, at from events order by place limit ?)`,
      )
      .get(Math.min(droppedAtOnce, Math.floor(waiting.events / 2)));
    const events = Number(found?.events);
    db.prepare("delete from events where place <= ?").run(Number(found?.place));
    drop({ events, from: Number(found?.first), to: Number(found?.last), isDamaged: false });
    waiting.events -= events;
  }

  return () => {
    while (waiting.events > 1 && usedBytes() > mostBytes) dropOldest();
  };
}

function droppedOf(
  db: DatabaseSync,
  { kept, keep }: Kept,
): Pick<OutboxFile, "drop" | "dropped" | "forgetTold" | "droppedInAll"> {
  return {
    drop({ events, from, to, isDamaged }) {
      db.prepare(
        `insert into dropped values (0, '', ?, ?, ?, ?) on conflict (is_told) do update set events = events + excluded.events,
          from_at = min(from_at, excluded.from_at), to_at = max(to_at, excluded.to_at),
          is_damaged = max(is_damaged, excluded.is_damaged)`,
      ).run(events, from, to, Number(isDamaged));
      keep(inAll, String(Number(kept(inAll) ?? 0) + events));
    },
    dropped(newId) {
      const told = () => db.prepare("select * from dropped where is_told = 1").get();
      if (told() === undefined) db.prepare("update dropped set is_told = 1, id = ? where is_told = 0").run(newId());
      const row = told();
      if (row === undefined) return undefined;
      const { id, events, from_at: from, to_at: to, is_damaged: damaged } = row;
      return { id: String(id), events: Number(events), from: Number(from), to: Number(to), isDamaged: damaged === 1 };
    },
    forgetTold: () => void db.exec("delete from dropped where is_told = 1"),
    droppedInAll: () => Number(kept(inAll) ?? 0),
  };
}

function keptOf(db: DatabaseSync): Kept {
  return {
    kept: (name) => db.prepare("select value from kept where name = ?").get(name)?.value as string | undefined,
    keep: (name, value) => void db.prepare("insert or replace into kept values (?, ?)").run(name, value),
  };
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);
}
