import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Mqtt } from "./mqtt.ts";

/** Home Assistant's birth message. */
export const birthTopic = "homeassistant/status";
/** By then the entities whose states these are have been announced to it. */
const afterBirthMs = 20_000;
const eachMs = 5 * minuteMs;

/** Whether a message is Home Assistant's that it has just started. */
export function isBirth(message: { readonly payload: Uint8Array; readonly retained: boolean }): boolean {
  return !message.retained && new TextDecoder().decode(message.payload) === "online";
}

/**
 * Calls what publishes again all that is retained: at each connection, as the broker may have forgotten it, and, at a
 * broker that keeps nothing, after Home Assistant has started and every five minutes.
 */
export function onForgotten(
  { mqtt, clock }: { readonly mqtt: Mqtt; readonly clock: Clock },
  publishAgain: () => void,
): Stop {
  let stopWaiting: Stop = () => {};

  function publishWhereNothingIsKept(): void {
    if (mqtt.connected() && !mqtt.limits().retain) publishAgain();
  }

  const stops = [
    mqtt.onConnected(publishAgain),
    clock.every(eachMs, publishWhereNothingIsKept),
    mqtt.subscribe(birthTopic, (message) => {
      if (!isBirth(message)) return;
      stopWaiting();
      stopWaiting = clock.after(afterBirthMs, publishWhereNothingIsKept);
    }),
  ];
  return () => {
    stopWaiting();
    for (const stop of stops) stop();
  };
}
