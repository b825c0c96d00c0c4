import { randomUUID } from "node:crypto";
import type { HomeEvent } from "@heatloop/core/hub/home-events";
import { type OutboxDisk, type OutboxDiskParts, outboxDisk } from "./outbox-disk.ts";
import type { DroppedEvents } from "./outbox-file.ts";

/** How the outbox is. */
export type OutboxState = {
  /** How many events wait for the hub. */
  readonly waiting: number;
  /** How many had to go before they were sent. */
  readonly dropped: number;
  /** Why nothing can be written; null where it can. */
  readonly trouble: string | null;
};

/**
 * Events that wait for the hub, in their order, over restarts and power cuts. Nothing of it throws: while the disk refuses, the
 * newest ones wait in memory.
 */
export type Outbox = {
  add(event: HomeEvent): void;
  /** The oldest ones up to a time, ms since the epoch; first that others had to go, where they had. */
  oldest(most: number, until: number): readonly HomeEvent[];
  /** Takes away what the hub has; false where the disk refuses, so that it stays. */
  confirm(events: readonly HomeEvent[]): boolean;
  /** A small value that is kept beside the events. */
  kept(name: string): string | undefined;
  keep(name: string, value: string): void;
  /** Takes everything away, what is kept too. */
  empty(): void;
  state(): OutboxState;
  /** How many events could not be saved, and are lost. */
  close(): number;
};

/** Some three million events: years without the hub. */
const usualBytes = 1024 ** 3;
const mostInMemory = 200;

/** Opens the outbox or begins one. */
export function openOutbox(parts: Omit<OutboxDiskParts, "mostBytes"> & { readonly mostBytes?: number }): Outbox {
  const disk = outboxDisk({ mostBytes: usualBytes, ...parts });
  const memory = eventsInMemory(disk);
  const places = new Map<string, number>();
  return {
    add: memory.add,
    oldest(most, until) {
      memory.save();
      const told = toldDropped(disk).filter(({ at }) => Date.parse(at) <= until);
      const rows = disk.read((file) => file.oldest(most - told.length, until)) ?? [];
      places.clear();
      for (const { place, event } of rows) places.set(event.id, place);
      const unsaved = memory.events().filter(({ at }) => Date.parse(at) <= until);
      return [...told, ...rows.map(({ event }) => event), ...unsaved].slice(0, most);
    },
    confirm(events) {
      memory.remove(new Set(events.map(({ id }) => id)));
      const found = events.flatMap(({ id }) => places.get(id) ?? []);
      const hasTold = events.some(({ kind }) => kind === "buffer_dropped");
      return disk.write((file) => {
        if (found.length > 0) file.remove(found);
        if (hasTold) file.forgetTold();
      });
    },
    kept: (name) => disk.read((file) => file.kept(name)),
    keep: (name, value) => void disk.write((file) => file.keep(name, value)),
    empty() {
      memory.empty();
      disk.write((file) => file.empty());
    },
    state() {
      const [waiting, dropped] = disk.read((file) => [file.waiting(), file.droppedInAll()] as const) ?? [0, 0];
      return {
        waiting: waiting + memory.events().length,
        dropped: dropped + memory.dropped(),
        trouble: disk.trouble(),
      };
    },
    close() {
      memory.save();
      disk.close();
      return memory.events().length + memory.dropped();
    },
  };
}

/** What the disk has not taken yet: nothing, as long as it takes all. */
function eventsInMemory(disk: OutboxDisk) {
  let events: HomeEvent[] = [];
  let dropped: DroppedEvents | undefined;

  function save(): void {
    const gone = dropped;
    if (gone !== undefined && disk.write((file) => file.drop(gone))) dropped = undefined;
    // Reading alone does not tell whether a full disk has room again.
    if (events.length === 0 && disk.trouble() !== null) disk.write((file) => file.keep("tried", ""));
    let saved = 0;
    for (const event of events) {
      if (!disk.write((file) => file.add(event, Date.parse(event.at)))) break;
      saved += 1;
    }
    events = events.slice(saved);
  }

  return {
    save,
    events: (): readonly HomeEvent[] => events,
    dropped: () => dropped?.events ?? 0,
    add(event: HomeEvent): void {
      events.push(event);
      save();
      const gone = events.splice(0, Math.max(0, events.length - mostInMemory));
      if (gone.length > 0) dropped = withDropped(dropped, gone);
    },
    remove(ids: ReadonlySet<string>): void {
      events = events.filter(({ id }) => !ids.has(id));
    },
    empty(): void {
      events = [];
      dropped = undefined;
    },
  };
}

function withDropped(before: DroppedEvents | undefined, gone: readonly HomeEvent[]): DroppedEvents {
  const times = gone.map(({ at }) => Date.parse(at));
  if (before !== undefined) times.push(before.from, before.to);
  const events = gone.length + (before?.events ?? 0);
  return { events, from: Math.min(...times), to: Math.max(...times), isDamaged: false };
}

function toldDropped(disk: OutboxDisk): readonly HomeEvent[] {
  const dropped = disk.read((file) => file.dropped(randomUUID));
  if (dropped === undefined) return [];
  const { id, events, from, to, isDamaged: damaged } = dropped;
  const context = { events, from: isoOf(from), to: isoOf(to), damaged };
  return [{ id, at: isoOf(to), kind: "buffer_dropped", device: null, context }];
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
