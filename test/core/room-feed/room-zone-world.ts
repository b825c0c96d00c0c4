import { averageRooms, neededRooms, type RoomAverage } from "@heatloop/core/room-feed/room-average";
import { type RoomHealth, type RoomObservation, unseenRoom } from "@heatloop/core/room-feed/room-health";
import { nextRoomHealths } from "@heatloop/core/room-feed/room-zone";
import { minuteMs } from "@heatloop/core/time/durations";
import { defaultRoomLimits } from "#test/core/room-feed/room-limits.ts";

export const zoneStart = Date.parse("2026-11-21T00:00:00Z");
const away: RoomObservation = { kind: "none", reason: { code: "unavailable" } };

/** What rooms report at a minute: °C, null is unavailable; a room that is left out reports nothing new. */
export type Reported = readonly (number | null | undefined)[];

/** A zone of rooms that are looked at each minute, with the heat pump's own thermostat at `ownC`. */
export function startZone(options: { readonly rooms: number; readonly ownC?: number | null; readonly jumpK?: number }) {
  const limits = { ...defaultRoomLimits, jumpK: options.jumpK ?? defaultRoomLimits.jumpK };
  const needed = neededRooms(options.rooms, "majority");
  let healths: RoomHealth[] = Array.from({ length: options.rooms }, () => unseenRoom());
  let observations: (RoomObservation | undefined)[] = healths.map(() => undefined);
  let ownC = options.ownC ?? null;
  let at = zoneStart;

  function look(): void {
    const rooms = healths.map((health, index) => ({
      health,
      observation: observations[index],
      correction: { scale: 1, offsetK: 0 },
    }));
    healths = nextRoomHealths(rooms, { at, limits, ownC, needed });
  }

  const zone = {
    at: () => at,
    health: (index: number) => healths[index] as RoomHealth,
    states: () => healths.map(({ state }) => state),
    own(temperatureC: number | null) {
      ownC = temperatureC;
    },
    /** Takes what the rooms report now, each as a new report. */
    report(reported: Reported) {
      observations = observations.map((before, index) => {
        const temperatureC = reported[index];
        if (temperatureC === undefined) return before;
        if (temperatureC === null) return away;
        return { kind: "temperature", temperatureC, setpointC: null, reportedAt: at };
      });
      look();
      return zone.sentC();
    },
    /** Lets minutes pass in which the rooms report each 5 minutes what they reported last, or what `next` gives. */
    pass(minutes: number, next?: (minute: number) => Reported) {
      for (let passed = 1; passed <= minutes; passed += 1) {
        at += minuteMs;
        const reported = next?.(passed);
        if (reported !== undefined) zone.report(reported);
        else if (passed % 5 === 0) {
          observations = observations.map((seen) =>
            seen?.kind === "temperature" ? { ...seen, reportedAt: at } : seen,
          );
        }
        look();
      }
      return zone.sentC();
    },
    /** Lets time pass in which nothing is reported; the program is off. */
    sleep(minutes: number) {
      at += minutes * minuteMs;
    },
    /** The program starts anew; with its memory, or without. */
    restart(keepsMemory: boolean) {
      observations = observations.map(() => undefined);
      healths = healths.map((health) => {
        const doubt = health.state === "good" ? null : health.doubt;
        return keepsMemory ? unseenRoom(health.track, doubt) : unseenRoom();
      });
    },
    /** The mean of the rooms that are used, if they are enough. */
    average(): RoomAverage {
      const rooms = healths.map((health, index) => ({ name: `Room ${index}`, weight: 1, health }));
      return averageRooms(rooms, { mode: "mean", quorum: "majority", zoneSetpointC: null, minC: 5, maxC: 35 });
    },
    /** What would be sent; null where there are too few rooms. */
    sentC: () => zone.average().temperatureC,
  };
  return zone;
}
