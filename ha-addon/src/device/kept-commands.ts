import type { Stop } from "@heatloop/core/time/clock";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";

/** Commands to a heat pump that the broker keeps: its ESP32 obeys its own at each start, whatever was set since. */
export type KeptCommands = {
  list(): readonly { readonly topic: string; readonly payload: string }[];
  /** Clears them; false where the broker did not take it. */
  clear(): Promise<boolean>;
  readonly stop: Stop;
};

/** More of one heat pump are not named. */
const mostKept = 200;
const longestPayload = 200;

/** Watches the topics of commands for what is retained there. */
export function watchKeptCommands(mqtt: Pick<Mqtt, "subscribe" | "publish">, filters: readonly string[]): KeptCommands {
  const kept = new Map<string, string>();
  const take = ({ topic, payload, retained }: MqttMessage) => {
    if (payload.length === 0) kept.delete(topic);
    else if (retained && kept.size < mostKept) {
      kept.set(topic, new TextDecoder().decode(payload.subarray(0, longestPayload)));
    }
  };
  const stops = filters.map((filter) => mqtt.subscribe(filter, take));
  return {
    list: () => [...kept].map(([topic, payload]) => ({ topic, payload })),
    async clear() {
      const topics = [...kept.keys()];
      const cleared = await Promise.all(topics.map((topic) => mqtt.publish(topic, "", { retain: true, qos: 1 })));
      topics.forEach((topic, i) => {
        if (cleared[i]) kept.delete(topic);
      });
      return cleared.every(Boolean);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
