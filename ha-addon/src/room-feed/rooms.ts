import { neededRooms, type Room } from "@heatloop/core/room-feed/room-average";
import { type RoomHealth, type RoomLimits, unseenRoom } from "@heatloop/core/room-feed/room-health";
import { nextOwnHealth, nextRoomHealths, type ZoneRoom } from "@heatloop/core/room-feed/room-zone";
import { minuteMs } from "@heatloop/core/time/durations";
import type { TemperatureUnit } from "../home-assistant/config.ts";
import type { EntityState } from "../home-assistant/entity-state.ts";
import {
  quorumOf,
  type RoomFeedSetting,
  type RoomFeedSettings,
  type RoomSetting,
} from "../settings/room-feed-settings.ts";
import { type RoomReading, readRoom } from "./observation.ts";
import type { RememberedRoom } from "./room-state-file.ts";

/** One room of a zone with what is known of it. */
export type FedRoom = {
  readonly setting: RoomSetting;
  /** What people read. */
  readonly name: string;
  readonly health: RoomHealth;
  readonly reading: RoomReading | undefined;
};

/** The rooms of a zone at one moment; `ownC` is the heat pump's own thermostat, null where it is not trusted. */
export type JudgedRooms = { readonly rooms: readonly FedRoom[]; readonly ownC: number | null };

/** The rooms of one zone. */
export type FedRooms = {
  /** Entities, each once. */
  entities(): readonly string[];
  take(entity: string, state: EntityState | undefined): void;
  /** Judges each room at a time, ms since the epoch, and the heat pump's own thermostat, which reports `reportedC`. */
  judge(at: number, unit: TemperatureUnit | undefined, reportedC: number | null): JudgedRooms;
  set(settings: RoomFeedSettings): void;
  /** What a later run has to know; and before the first judgement, what an earlier one knew. */
  remembered(): readonly RememberedRoom[];
  recall(rooms: readonly RememberedRoom[]): void;
};

/** The rooms of a zone, of which none has reported yet. */
export function startRooms(zone: number, settings: RoomFeedSettings): FedRooms {
  const states = new Map<string, EntityState | undefined>();
  let rooms: FedRoom[] = [];
  let limits: RoomLimits;
  let needed = 1;
  let own: RoomHealth = unseenRoom();
  /** Rooms of an earlier run that are not there yet: which heat pump they feed may turn out later. */
  let waiting: readonly RememberedRoom[] = [];

  function healthAtStart(setting: RoomSetting): RoomHealth {
    const known = waiting.find((each) => isSame(each, setting));
    waiting = waiting.filter((each) => each !== known);
    return unseenRoom(known?.track, known?.doubt);
  }

  function set({ rooms: all, room_feed: feed }: RoomFeedSettings): void {
    limits = limitsOf(feed);
    const before = rooms;
    const ofZone = new Map<string, RoomSetting>();
    for (const setting of all) {
      if (setting.zone === zone && !ofZone.has(setting.entity)) ofZone.set(setting.entity, setting);
    }
    rooms = [...ofZone.values()].map((setting) => {
      const health = before.find((room) => isSame(room.setting, setting))?.health ?? healthAtStart(setting);
      return { setting, name: setting.name ?? setting.entity, health, reading: undefined };
    });
    needed = neededRooms(rooms.length, quorumOf(feed));
    for (const entity of states.keys()) {
      if (!ofZone.has(entity)) states.delete(entity);
    }
  }

  set(settings);
  return {
    entities: () => rooms.map(({ setting }) => setting.entity),
    take: (entity, state) => states.set(entity, state),
    judge(at, unit, reportedC) {
      const readings = rooms.map(({ setting: { entity } }) =>
        states.has(entity) ? readRoom(entity, states.get(entity), unit) : undefined,
      );
      const zoneRooms = rooms.map((room, index) => zoneRoom(room, readings[index]));
      own = nextOwnHealth(own, reportedC, zoneRooms, { at, limits });
      const ownC = own.state === "good" ? own.temperatureC : null;
      const healths = nextRoomHealths(zoneRooms, { at, limits, ownC, needed });
      rooms = rooms.map((room, index) => {
        const reading = readings[index] ?? room.reading;
        const name = room.setting.name ?? reading?.name ?? room.setting.entity;
        return { setting: room.setting, name, health: healths[index] ?? room.health, reading };
      });
      return { rooms, ownC };
    },
    remembered: () => [...rooms.map(rememberedRoom), ...waiting],
    recall(known) {
      waiting = known;
      rooms = rooms.map((room) => ({ ...room, health: healthAtStart(room.setting) }));
    },
    set,
  };
}

function zoneRoom({ setting, health }: FedRoom, reading: RoomReading | undefined): ZoneRoom {
  const correction = { scale: setting.scale, offsetK: setting.offset };
  return { health, observation: reading?.observation, correction };
}

function rememberedRoom({ setting: { entity, scale, offset }, health }: FedRoom): RememberedRoom {
  const doubt = health.state === "good" ? null : health.doubt;
  return { entity, scale, offset, track: health.track, doubt };
}

export function averagedRoom({ setting, name, health }: FedRoom): Room {
  return { name, weight: setting.weight, health };
}

function limitsOf(feed: RoomFeedSetting): RoomLimits {
  return {
    minC: feed.min_c,
    maxC: feed.max_c,
    maxAgeMs: feed.max_age_min * minuteMs,
    jumpK: feed.jump_k,
    changeKPerH: feed.change_k_per_h,
  };
}

type Identity = Pick<RoomSetting, "entity" | "scale" | "offset">;

/** A room that is corrected in another way starts anew: its last temperature says nothing about the next one. */
function isSame(a: Identity, b: Identity): boolean {
  return a.entity === b.entity && a.scale === b.scale && a.offset === b.offset;
}
