/** The add-on's way from the broker into the minute, in a process of its own: reports each lap of messages to its parent. */
import { zoneOf } from "@heatloop/core/time/local-day";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { findDevices } from "@heatloop/ha-addon/device/find-devices";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import type { Lap } from "./ingest-sinks.ts";

const [url = "", clientId = "", lap = ""] = process.argv.slice(2);
/** A minute of 100 messages a second. */
const messagesPerMinute = 6_000;
const messagesPerLap = Number(lap);

const zone = zoneOf("Europe/Rome");
if (zone === undefined) throw new Error("this machine knows no time zones");
const clock = systemClock();
const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
const will = { topic: "bench/status", payload: "offline", retain: false, qos: 0 } as const;
const mqtt = connectMqtt({ url, clientId, will, clock, log });
const devices = new Map<string, Device>();
let messages = 0;
let valuesOfMinutes = 0;
let atLap = process.cpuUsage();

findDevices({
  mqtt,
  log,
  prefixes: [],
  isMapped: () => false,
  followed: {
    onFound: (prefix) => devices.set(prefix, startDevice({ prefix, mqtt, zone: () => zone, at: clock.now() })),
    onUnknown: () => {},
    onGone: (prefix) => devices.delete(prefix),
    onMessage(prefix, message) {
      const device = devices.get(prefix);
      device?.take(message, clock.now());
      messages += 1;
      if (messages % messagesPerMinute === 0) {
        const { points } = device?.closeMinute(clock.now()) ?? { points: {} };
        valuesOfMinutes += Object.values(points).filter((value) => value !== null).length;
      }
      if (messages % messagesPerLap === 0) tellParent();
    },
  },
});

function tellParent(): void {
  if (valuesOfMinutes === 0) throw new Error("the messages came, but the minutes hold no values");
  const { user, system } = process.cpuUsage(atLap);
  atLap = process.cpuUsage();
  process.send?.({ processorUs: user + system } satisfies Lap);
}
