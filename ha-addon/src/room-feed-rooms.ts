import type { Room } from "@heatloop/core/room-average";
import { nextRoomHealth, type RoomHealth, type RoomLimits, unheardRoom } from "@heatloop/core/room-health";
import type { EntityState, TemperatureUnit } from "./home-assistant.ts";
import { type RoomReading, readRoom } from "./room-feed-observation.ts";
import type { RoomFeedSetting, RoomFeedSettings, RoomSetting } from "./room-feed-settings.ts";

/** One room of a zone with what is known of it. */
export type FedRoom = {
  readonly setting: RoomSetting;
  /** What people read. */
  readonly name: string;
  readonly health: RoomHealth;
  readonly reading: RoomReading | undefined;
};

/** The rooms of one zone. */
export type FedRooms = {
  /** Entities, each once. */
  entities(): readonly string[];
  take(entity: string, state: EntityState | undefined): void;
  /** Judges each room at a time, ms since the epoch. */
  judge(at: number, unit: TemperatureUnit | undefined): readonly FedRoom[];
  set(settings: RoomFeedSettings): void;
};

export function startRooms(zone: number, settings: RoomFeedSettings): FedRooms {
  const states = new Map<string, EntityState | undefined>();
  let rooms: FedRoom[] = [];
  let limits: RoomLimits;

  function set({ rooms: all, room_feed: feed }: RoomFeedSettings): void {
    limits = limitsOf(feed);
    const before = rooms;
    const own = new Map<string, RoomSetting>();
    for (const setting of all) {
      if (setting.zone === zone && !own.has(setting.entity)) own.set(setting.entity, setting);
    }
    rooms = [...own.values()].map((setting) => {
      const same = before.find((room) => isSame(room.setting, setting));
      return { setting, name: setting.name ?? setting.entity, health: same?.health ?? unheardRoom, reading: undefined };
    });
    for (const entity of states.keys()) {
      if (!own.has(entity)) states.delete(entity);
    }
  }

  set(settings);
  return {
    entities: () => rooms.map(({ setting }) => setting.entity),
    take: (entity, state) => states.set(entity, state),
    judge(at, unit) {
      rooms = rooms.map((room) => {
        const { setting, health } = room;
        if (!states.has(setting.entity)) return room;
        const reading = readRoom(setting.entity, states.get(setting.entity), unit);
        const correction = { scale: setting.scale, offsetK: setting.offset };
        return {
          setting,
          name: setting.name ?? reading.name ?? setting.entity,
          health: nextRoomHealth(health, reading.observation, at, correction, limits),
          reading,
        };
      });
      return rooms;
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
  };
}

/** A room that is corrected in another way starts anew: its last temperature says nothing of the next one. */
function isSame(a: RoomSetting, b: RoomSetting): boolean {
  return a.entity === b.entity && a.scale === b.scale && a.offset === b.offset;
}
