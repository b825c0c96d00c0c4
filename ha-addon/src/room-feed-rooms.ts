import { neededRooms, type Room } from "@heatloop/core/room-average";
import { type RoomHealth, type RoomLimits, unheardRoom } from "@heatloop/core/room-health";
import { nextOwnHealth, nextRoomHealths } from "@heatloop/core/room-zone";
import type { EntityState, TemperatureUnit } from "./home-assistant.ts";
import { type RoomReading, readRoom } from "./room-feed-observation.ts";
import { quorumOf, type RoomFeedSetting, type RoomFeedSettings, type RoomSetting } from "./room-feed-settings.ts";
import type { RememberedRoom } from "./room-memory.ts";

/** One room of a zone with what is known of it. */
export type FedRoom = {
  readonly setting: RoomSetting;
  /** What people read. */
  readonly name: string;
  readonly health: RoomHealth;
  readonly reading: RoomReading | undefined;
};

/** The rooms of a zone at one moment; `ownC` is the heat pump's own thermostat, null where it is not believed. */
export type JudgedRooms = { readonly rooms: readonly FedRoom[]; readonly ownC: number | null };

/** The rooms of one zone. */
export type FedRooms = {
  /** Entities, each once. */
  entities(): readonly string[];
  take(entity: string, state: EntityState | undefined): void;
  /** Judges each room at a time, ms since the epoch, and the heat pump's own thermostat, which tells `toldC`. */
  judge(at: number, unit: TemperatureUnit | undefined, toldC: number | null): JudgedRooms;
  set(settings: RoomFeedSettings): void;
  /** What a later life has to know, and what an earlier one knew. */
  remembered(): readonly RememberedRoom[];
  recall(rooms: readonly RememberedRoom[]): void;
};

export function startRooms(zone: number, settings: RoomFeedSettings): FedRooms {
  const states = new Map<string, EntityState | undefined>();
  let rooms: FedRoom[] = [];
  let limits: RoomLimits;
  let needed = 1;
  let own: RoomHealth = unheardRoom();

  function set({ rooms: all, room_feed: feed }: RoomFeedSettings): void {
    limits = limitsOf(feed);
    const before = rooms;
    const own = new Map<string, RoomSetting>();
    for (const setting of all) {
      if (setting.zone === zone && !own.has(setting.entity)) own.set(setting.entity, setting);
    }
    rooms = [...own.values()].map((setting) => {
      const same = before.find((room) => isSame(room.setting, setting));
      return {
        setting,
        name: setting.name ?? setting.entity,
        health: same?.health ?? unheardRoom(),
        reading: undefined,
      };
    });
    needed = neededRooms(rooms.length, quorumOf(feed));
    for (const entity of states.keys()) {
      if (!own.has(entity)) states.delete(entity);
    }
  }

  set(settings);
  return {
    entities: () => rooms.map(({ setting }) => setting.entity),
    take: (entity, state) => states.set(entity, state),
    judge(at, unit, toldC) {
      const read = rooms.map(({ setting: { entity } }) =>
        states.has(entity) ? readRoom(entity, states.get(entity), unit) : undefined,
      );
      const zoneRooms = rooms.map(({ setting, health }, index) => ({
        health,
        observation: read[index]?.observation,
        correction: { scale: setting.scale, offsetK: setting.offset },
      }));
      own = nextOwnHealth(own, toldC, zoneRooms, { at, limits });
      const ownC = own.state === "good" ? own.temperatureC : null;
      const healths = nextRoomHealths(zoneRooms, { at, limits, ownC, needed });
      rooms = rooms.map((room, index) => {
        const reading = read[index] ?? room.reading;
        const name = room.setting.name ?? reading?.name ?? room.setting.entity;
        return { setting: room.setting, name, health: healths[index] ?? room.health, reading };
      });
      return { rooms, ownC };
    },
    remembered: () =>
      rooms.map(({ setting: { entity, scale, offset }, health }) => {
        const doubt = health.state === "good" ? null : health.doubt;
        return { entity, scale, offset, track: health.track, doubt };
      }),
    recall(known) {
      rooms = rooms.map((room) => {
        const found = known.find((each) => isSame(each, room.setting));
        if (found === undefined || room.reading !== undefined) return room;
        return { ...room, health: unheardRoom(found.track, found.doubt) };
      });
    },
    set,
  };
}

export function averagedRoom({ setting, name, health }: FedRoom): Room {
  return { name, weight: setting.weight, health };
}

function limitsOf(feed: RoomFeedSetting): RoomLimits {
  return {
    minC: feed.min_c,
    maxC: feed.max_c,
    maxAgeMs: feed.max_age_min * 60_000,
    jumpK: feed.jump_k,
    changeKPerH: feed.change_k_per_h,
  };
}

type Identity = Pick<RoomSetting, "entity" | "scale" | "offset">;

/** A room that is corrected in another way starts anew: its last temperature says nothing of the next one. */
function isSame(a: Identity, b: Identity): boolean {
  return a.entity === b.entity && a.scale === b.scale && a.offset === b.offset;
}
