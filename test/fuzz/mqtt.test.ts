import { pointIds } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { minuteReader } from "@heatloop/core/minute/csv-reader";
import { figures } from "@heatloop/core/minute/figures";
import { implausibleColumns } from "@heatloop/core/minute/plausible-row";
import { minuteMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { connectAsync } from "mqtt";
import { expect, it, onTestFinished } from "vitest";
import { settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { rome } from "#test/support/examples/archive.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { fuzzRuns, fuzzTimeoutMs } from "./runs.ts";

const prefix = "ecodan-heatpump";
const level = fc.oneof(
  fc.constantFrom("sensor", "climate", "state", "status", "heatloop", "homeassistant", "device", "config", prefix),
  fc.constantFrom("", " ", "..", "__proto__", "constructor", "é", "x".repeat(300)),
  fc.string({ maxLength: 8 }).filter((text) => !/[+#\0]/.test(text)),
);
const topic = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...pointIds).map((point) => stateTopic(prefix, point, "en")) },
  { weight: 1, arbitrary: fc.array(level, { minLength: 1, maxLength: 6 }).map((levels) => levels.join("/")) },
);
const payload = fc.oneof(
  fc.constantFrom(
    "",
    "unknown",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-273.2",
    "9999999",
    "0x10",
    "1,5",
    "ON",
    "off",
    "online",
  ),
  fc.oneof(fc.double(), fc.integer({ min: -100, max: 100 })).map(String),
  fc.json(),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(Buffer.alloc(2_000, "7")),
);
const message = fc
  .record({ topic, payload, retain: fc.boolean() })
  .filter((each) => each.topic !== "" && !each.topic.startsWith("$"));
const perMinute = 500;

it(
  "whatever is published: every minute has its row, none that no minute can have, and nothing is sent to the heat pump",
  async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const stranger = await connectAsync(url, { protocolVersion: 5 });
    onTestFinished(() => stranger.endAsync(true));
    const firmware = await firmwareOnMqtt(url, prefix);
    await firmware.status("online");
    await firmware.publishPoints(basicPoints);
    await running.pass(61_000);
    const sent: string[] = [];
    const heatPump = await connectAsync(url, { protocolVersion: 5 });
    onTestFinished(() => heatPump.endAsync(true));
    heatPump.on("message", (to) => sent.push(to));
    await heatPump.subscribeAsync([`${prefix}/+/+/command`, `${prefix}/+/+/+/command`]);
    const { numRuns, seed = Date.now() } = fuzzRuns({ usual: 5_000, whole: 1_000_000 });
    const minutes = Math.ceil(numRuns / perMinute);
    // The minute that is running counts: its row is written at its end.
    const from = running.clock.now() - minuteMs;
    for (let minute = 0; minute < minutes; minute += 1) {
      const messages = fc.sample(message, { numRuns: perMinute, seed: seed + minute });
      for (const each of messages) stranger.publish(each.topic, each.payload, { retain: each.retain, qos: 0 });
      await firmware.status("online");
      await firmware.publishPoints(basicPoints);
      await settled(running.mqtt);
      await running.pass(60_000);
    }
    const csv = await running.text(
      `/api/devices/${prefix}/minutes.csv?from=2026-11-21&to=${rome.dateOf(running.clock.now())}`,
    );
    const [header = "", ...lines] = csv.trimEnd().split("\n");
    const rows = lines.map(minuteReader(header)).filter((row) => row !== undefined && row.at >= from);
    expect([seed, rows.length]).toEqual([seed, minutes]);
    for (const row of rows) {
      expect([
        seed,
        row &&
          implausibleColumns(
            figures,
            figures.map((name) => row.figures[name]),
          ),
      ]).toEqual([seed, []]);
    }
    expect(sent).toEqual([]);
  },
  fuzzTimeoutMs,
);
