import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Mqtt } from "./mqtt.ts";

/** Home Assistant's birth message. */
export const birthTopic = "homeassistant/status";
/** By then it has been told of the entities whose states these are. */
const afterBirthMs = 20_000;
const eachMs = 5 * 60_000;

/** Whether a message is Home Assistant's word that it has just come. */
export function isBirth(message: { readonly payload: Uint8Array; readonly retained: boolean }): boolean {
  return !message.retained && new TextDecoder().decode(message.payload) === "online";
}

/**
 * Does what makes the broker know again of what was published retained: at each connection, as the broker may have
 * forgotten it, and, at one that keeps nothing, after Home Assistant has come and every five minutes.
 */
export function onForgotten(
  { mqtt, clock }: { readonly mqtt: Mqtt; readonly clock: Clock },
  tellAgain: () => void,
): Stop {
  let stopWaiting: Stop = () => {};

  function tellWhereNothingIsKept(): void {
    if (mqtt.connected() && !mqtt.limits().retain) tellAgain();
  }

  const stops = [
    mqtt.onConnected(tellAgain),
    clock.every(eachMs, tellWhereNothingIsKept),
    mqtt.subscribe(birthTopic, (message) => {
      if (!isBirth(message)) return;
      stopWaiting();
      stopWaiting = clock.after(afterBirthMs, tellWhereNothingIsKept);
    }),
  ];
  return () => {
    stopWaiting();
    for (const stop of stops) stop();
  };
}
