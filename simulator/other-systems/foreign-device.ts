import { type ForeignDialect, foreignDataTopic } from "@heatloop/core/hub/dialects";
import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { OpenWire } from "../firmware/wire.ts";
import type { Home } from "../home-state.ts";
import { foreignReading } from "./foreign-reading.ts";

export type ForeignDeviceParts = {
  readonly home: Home;
  readonly clock: Clock;
  readonly openWire: OpenWire;
  readonly dialect: ForeignDialect;
  /** Its name in its topics. */
  readonly deviceId: string;
  readonly intervalS: number;
  /** In front of its topics; empty where it is at a broker of its own. */
  readonly prefix: string;
};

/** A device of another system that publishes what it measures of a home; a monitor of a heat pump also that it is there. */
export function startForeignDevice(parts: ForeignDeviceParts): { readonly topic: string; close(): Promise<void> } {
  const { home, clock, openWire, dialect, deviceId, intervalS, prefix } = parts;
  const topic = `${prefix}${foreignDataTopic(dialect, foreignSource(dialect, deviceId))}`;
  const presence = dialect === "heatpump-monitor" ? `${prefix}heatpump/${deviceId}/status/online` : undefined;
  const say = (isOnline: boolean) => {
    if (presence !== undefined) wire.publish(presence, String(isOnline), { retain: true, qos: 1 }, clock.now());
  };
  const wire = openWire({
    clientId: `heatloop-simulated-${dialect}-${deviceId}`,
    will: presence === undefined ? undefined : { topic: presence, payload: "false" },
    onConnected: () => say(true),
  });
  wire.connect();
  const stop = clock.every(intervalS * secondMs, () => {
    const now = clock.now();
    wire.publish(topic, JSON.stringify(foreignReading(dialect, home, deviceId, now)), { retain: false, qos: 1 }, now);
  });
  return {
    topic,
    async close() {
      stop();
      say(false);
      await wire.disconnect();
    },
  };
}

/** The device's part of its topic. */
function foreignSource(dialect: ForeignDialect, deviceId: string): string {
  switch (dialect) {
    case "heatpump-monitor":
      return deviceId;
    case "site":
      return `home/sensors/${deviceId}`;
    case "ruuvi":
      return `ruuvi/${deviceId}`;
  }
}
