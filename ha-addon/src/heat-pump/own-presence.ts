import {
  heatPumpsTopic,
  type InstallationState,
  installationStatusTopic,
  sharedStatusTopic,
} from "@heatloop/mqtt-discovery/installation";
import type { Mqtt } from "../mqtt/mqtt.ts";

/** What this installation publishes of itself, retained. */
export type OwnPresence = {
  /** That it is online. */
  publishOnline(): void;
  /** Which heat pumps it follows, where the broker does not have it yet. */
  publishHeatPumps(): void;
  /** The next time the heat pumps are published though they are the same: the broker may have forgotten them. */
  repeatHeatPumps(): void;
  /** Publishes that it is offline, and nothing after that. */
  close(): Promise<void>;
};

/** Publishes that this installation runs, and which heat pumps it follows. What is published is retained. */
export function ownPresence(parts: {
  readonly own: string;
  readonly mqtt: Mqtt;
  /** Of this run: by it another program with the same id is recognized. */
  readonly session: string;
  /** Device ids. */
  readonly heatPumps: () => readonly string[];
}): OwnPresence {
  const { own, mqtt, session } = parts;
  const statusTopics = [installationStatusTopic(own), sharedStatusTopic];
  let published: string | undefined;
  let isClosing = false;
  return {
    publishOnline() {
      for (const topic of statusTopics) void mqtt.publish(topic, "online", { retain: true, qos: 1 });
    },
    publishHeatPumps() {
      const state: InstallationState = { session, heat_pumps: parts.heatPumps() };
      const text = JSON.stringify(state);
      if (text === published || !mqtt.connected() || isClosing) return;
      published = text;
      void mqtt.publish(heatPumpsTopic(own), text, { retain: true, qos: 1 }).then((sent) => {
        if (!sent && published === text) published = undefined;
      });
    },
    repeatHeatPumps() {
      published = undefined;
    },
    async close() {
      isClosing = true;
      await Promise.all(statusTopics.map((topic) => mqtt.publish(topic, "offline", { retain: true, qos: 1 })));
    },
  };
}
