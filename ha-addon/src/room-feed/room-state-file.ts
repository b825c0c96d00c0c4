import type { RoomDoubt } from "@heatloop/core/room-feed/room-doubt";
import type { RoomTrack } from "@heatloop/core/room-feed/room-path";
import { minuteMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { StateFile } from "../base/state-file.ts";

/** What is known of a room over a restart: its last accepted temperature, and the one in doubt. */
export type RememberedRoom = {
  readonly entity: string;
  readonly scale: number;
  readonly offset: number;
  readonly track: RoomTrack | null;
  readonly doubt: RoomDoubt | null;
};

const track = z.object({ temperatureC: z.number(), at: z.number(), proven: z.boolean() });
const doubt = z.object({
  // A file of an earlier version has a sentence here.
  reason: z
    .discriminatedUnion("code", [
      z.object({ code: z.literal("first_unconfirmed"), temperatureC: z.number() }),
      z.object({ code: z.literal("jumped"), fromC: z.number(), toC: z.number() }),
    ])
    .or(z.string()),
  since: z.number(),
  temperatureC: z.number(),
  lowestC: z.number(),
  highestC: z.number(),
  confirmedSince: z.number().nullable(),
});
const room = z
  .object({
    entity: z.string(),
    scale: z.number(),
    offset: z.number(),
    track: track.nullable(),
    doubt: doubt.nullable(),
  })
  .transform((kept): RememberedRoom => ({ ...kept, doubt: kept.doubt && codedDoubt(kept.doubt, kept.track) }));
const remembered = z.object({ rooms: z.array(room) });

/** A doubt with its reason in code: a room with a track jumped from there, another one is in doubt from the first on. */
function codedDoubt({ reason, ...rest }: z.output<typeof doubt>, from: RoomTrack | null): RoomDoubt {
  const { temperatureC } = rest;
  if (typeof reason !== "string") return { ...rest, reason };
  if (from === null) return { ...rest, reason: { code: "first_unconfirmed", temperatureC } };
  return { ...rest, reason: { code: "jumped", fromC: from.temperatureC, toC: temperatureC } };
}

/** The rooms in a state file; none where it contains something else. */
export function rememberedRooms(kept: unknown): readonly RememberedRoom[] {
  return remembered.safeParse(kept).data?.rooms ?? [];
}

const leastPauseMs = 10 * minuteMs;
/** What is new waits so long after the last write too, as a room may be in and out of doubt. */
const shortPauseMs = minuteMs;
/** Chosen: what a restart loses by it is far below the jump that puts a room in doubt. */
const leastChangeK = 0.2;

/** Writes rooms into their state file where it matters: soon what is new or in doubt, else at most each 10 minutes. */
export function keepRooms(stateFile: Pick<StateFile, "write">) {
  let kept: readonly RememberedRoom[] = [];
  let keptAt = Number.NEGATIVE_INFINITY;
  return {
    /** Takes what was in the file at the start. */
    start(rooms: readonly RememberedRoom[]): void {
      kept = rooms;
    },
    keep(rooms: readonly RememberedRoom[], at: number): void {
      const passed = (ms: number) => at < keptAt || at - keptAt >= ms;
      if (!passed(shortPauseMs)) return;
      const isOther = rooms.length !== kept.length || rooms.some((room, i) => differs(room, kept[i]));
      if (!isOther && !(passed(leastPauseMs) && rooms.some((room, i) => hasMoved(room, kept[i])))) return;
      kept = rooms;
      keptAt = at;
      void stateFile.write({ rooms });
    },
  };
}

function differs(room: RememberedRoom, before: RememberedRoom | undefined): boolean {
  return (
    before === undefined ||
    room.entity !== before.entity ||
    room.scale !== before.scale ||
    room.offset !== before.offset ||
    room.track?.proven !== before.track?.proven ||
    (room.doubt === null) !== (before.doubt === null)
  );
}

/** Moved, or confirmed for longer: an hour-old track is worth less than a fresh one. */
function hasMoved({ track: now }: RememberedRoom, before: RememberedRoom | undefined): boolean {
  if (now === null || before?.track === null || before === undefined) return false;
  const isOlder = now.at - before.track.at >= 6 * leastPauseMs;
  return isOlder || Math.abs(now.temperatureC - before.track.temperatureC) >= leastChangeK;
}
