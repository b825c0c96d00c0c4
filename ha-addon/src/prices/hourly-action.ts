import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { pricesByAction } from "./actions.ts";

/** Calls of an integration's action for prices, at most once an hour. */
export type HourlyAction = {
  call(): void;
  /** Lets the next call come at once: Home Assistant has connected. */
  reset(): void;
  /** What is still under way is dropped. */
  close(): void;
};

/** `received` gets the prices, undefined where the entity has no such action; `failed` the error of Home Assistant. */
export function hourlyAction(parts: {
  readonly entity: string;
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "send">;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly received: (slots: readonly Slot[] | undefined) => void;
  readonly failed: (error: unknown) => void;
}): HourlyAction {
  const { entity, homeAssistant, clock } = parts;
  let calledHour = Number.NaN;
  let closed = false;
  const isWanted = () => !closed && homeAssistant.connected();
  const ask = inBackground(parts.log, "prices", async () => {
    const zone = parts.zone();
    try {
      const slots = await pricesByAction({ homeAssistant, entity, date: zone.dateOf(clock.now()), zone });
      if (isWanted()) parts.received(slots);
    } catch (error) {
      if (isWanted()) parts.failed(error);
    }
  });

  return {
    call() {
      if (!homeAssistant.connected()) return;
      const hour = Math.floor(clock.now() / hourMs);
      if (hour === calledHour) return;
      calledHour = hour;
      void ask();
    },
    reset() {
      calledHour = Number.NaN;
    },
    close() {
      closed = true;
    },
  };
}
