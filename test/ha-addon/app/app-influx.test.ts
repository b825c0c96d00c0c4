import { secondMs } from "@heatloop/core/time/durations";
import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

it("minutes of a heat pump go from the broker into the archive and on to InfluxDB, and the health says so", async () => {
  const { url } = await testBroker();
  const server = await recordingServer(undefined, ...Array(500).fill({ status: 204 }));
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const running = await runningApp({ brokerUrl: url });
  const influx = { on: true, url: server.url, bucket: "heat", gzip: false, tag_name: true };
  expect(await running.put({ influx, devices: [{ prefix: "hp", name: "Pump, the old=one" }] })).toBe(200);
  const lines = () => server.requests.flatMap(({ body }) => body.trimEnd().split("\n"));
  const minutes = () => lines().filter((line) => line.startsWith("heatloop_minute,"));
  // So slowly that answers come in time.
  await waitFor(
    () => running.pass(5 * secondMs).then(() => minutes().length >= 3),
    "three minutes are sent",
    60_000,
    100,
  );
  const csv = (await running.text("/api/devices/hp/minutes.csv")).trimEnd().split("\n");
  const times = csv.slice(1).map((line) => Date.parse(line.slice(0, 25)));
  const sent = [...new Set(minutes().map((line) => Number(line.split(" ").at(-1))))];
  expect(times.slice(0, sent.length)).toEqual(sent);
  expect(minutes()[0]).toMatch(/^heatloop_minute,device=hp,name=Pump\\,\\ the\\ old\\=one covered_s=/);
  const { influx: health } = await running.get<{ influx: object }>("/api/health");
  expect(health).toMatchObject({ state: "connected", behind_min: null, detail: null, skipped_days: 0 });
}, 90_000);
