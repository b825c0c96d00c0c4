import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../fault.ts";
import { type FloodKind, startFlood } from "../flooding.ts";

function restarted(name: string, keepsMessages: boolean): Fault {
  return {
    name,
    lastsS: [1, 6],
    async begin({ parts, brokerFolder }) {
      await parts.broker.signal("SIGTERM");
      if (!keepsMessages) rmSync(join(brokerFolder, "mosquitto.db"), { force: true });
      return parts.broker.start;
    },
  };
}

function flooded(name: string, kind: FloodKind, lastsS: Fault["lastsS"]): Fault {
  return {
    name,
    lastsS,
    // What others publish comes in real time, so the house does too: at its usual pace the program has half a processor.
    speed: 2,
    begin: ({ brokerUrl }) => startFlood(brokerUrl, kind),
  };
}

/** The broker, and what others do there. */
export const brokerFaults: readonly Fault[] = [
  restarted("broker restarted with what it keeps", true),
  restarted("broker restarted without what it keeps", false),
  flooded("retained garbage", "garbage", [1, 5]),
  flooded("1,000 devices", "devices", [3, 10]),
  flooded("10,000 messages a second", "messages", [5, 75]),
  flooded("flood of topics", "topics", [3, 20]),
  flooded("payloads of 1 MB", "large", [3, 10]),
];
