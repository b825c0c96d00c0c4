import { prefixCandidates } from "@heatloop/ha-addon/device/prefix-candidates";
import { startLog } from "@heatloop/program/log";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

const megabyte = 1_000_000;

/** Bytes that strangers' prefixes hold. */
function heldBytes(prefixes: ReturnType<typeof prefixCandidates>, names: readonly string[]): number {
  return names
    .flatMap((name) => [...(prefixes.get(name)?.messages.values() ?? [])])
    .reduce((sum, { topic, payload }) => sum + topic.length + payload.length, 0);
}

describe("topics that are no heat pump", () => {
  it("hold a bounded memory, whatever is published on them", () => {
    const prefixes = prefixCandidates();
    const names = Array.from({ length: 3_000 }, (_, i) => `stranger-${i}`);
    for (const name of names) {
      for (let i = 0; i < 50; i += 1) {
        const message = { topic: `${name}/sensor/s${i}/state`, payload: new Uint8Array(1000), retained: false };
        prefixes.keep(prefixes.see(name), message);
      }
    }
    expect(heldBytes(prefixes, names)).toBeLessThan(3 * megabyte);
    expect(names.filter((name) => prefixes.get(name) !== undefined).length).toBeLessThanOrEqual(201);
    expect(prefixes.get("stranger-2999")?.messages.size).toBe(50);
  });

  it("are not kept where their payloads are longer than any of the firmware's", () => {
    const prefixes = prefixCandidates();
    const prefix = prefixes.see("a");
    prefixes.keep(prefix, { topic: "a/sensor/feed_temp/state", payload: new Uint8Array(1025), retained: true });
    expect(prefix.messages.size).toBe(0);
  });

  it("leave the program as it was: 100 MB of payloads, prefixes of 60 kB, and names of its own folders", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const stranger = await connectAsync(url, { protocolVersion: 5 });
    onTestFinished(() => stranger.endAsync(true));
    const payload = Buffer.alloc(500_000, "1");
    for (let i = 0; i < 200; i += 1) {
      await stranger.publishAsync(`stranger-${i % 100}/sensor/feed_temp/state`, payload, { qos: 1 });
    }
    const long = `${"a".repeat(60_000)}/sensor/feed_temp/state`;
    await stranger.publishAsync(long, "35", { qos: 1 });
    const firmware = await firmwareOnMqtt(url, "prices");
    await firmware.status("online");
    for (const point of ["flow_temperature", "return_temperature", "flow_rate", "dhw_temperature"] as const) {
      await firmware.publishPoint(point, "20");
    }
    await settled(running.mqtt);
    await waitFor(
      async () => (await running.get<{ id: string }[]>("/api/devices")).some(({ id }) => id === "prices_"),
      "the heat pump called prices",
    );
    expect((await running.get<unknown[]>("/api/devices")).length).toBe(1);
  });
});

it("a line of the log stays a line, whatever its fields contain", () => {
  const lines: string[] = [];
  const log = startLog({ level: "info", write: (line) => lines.push(line), now: () => 0 });
  log.info("found", {
    prefix: "a".repeat(60_000),
    url: `x://${"b:".repeat(30_000)}@`,
    both: "a://u:pw@h".repeat(6_000),
  });
  expect(lines[0]?.length).toBeLessThan(7_000);
  expect(lines[0]).not.toContain("pw@");
});
