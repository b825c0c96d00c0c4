import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { FedRooms } from "./rooms.ts";

/** Hands the rooms' entities of Home Assistant to `rooms`; `refresh` follows others where the rooms are others now. */
export function followRooms(
  homeAssistant: Pick<HomeAssistant, "follow"> | undefined,
  rooms: FedRooms,
  reported: () => void,
): { refresh(): void; stop(): void } {
  let followed: string | undefined;
  let stop: Stop | undefined;

  function refresh(): void {
    const entities = rooms.entities();
    if (entities.join() === followed) return;
    followed = entities.join();
    stop?.();
    stop = homeAssistant?.follow(entities, (entity, state) => {
      rooms.take(entity, state);
      reported();
    });
  }

  refresh();
  return { refresh, stop: () => stop?.() };
}

/** Home Assistant reports several rooms at once; they are taken together. */
const gatherMs = 250;

/** Runs `work` once for all that is reported within a moment. */
export function gatherReports(clock: Clock, work: () => void): { reported(): void; stop(): void } {
  let stopWaiting: Stop | undefined;
  return {
    reported() {
      stopWaiting ??= clock.after(gatherMs, () => {
        stopWaiting = undefined;
        work();
      });
    },
    stop: () => stopWaiting?.(),
  };
}
