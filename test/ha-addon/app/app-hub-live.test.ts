import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { followRows } from "@heatloop/hub/mqtt/node-rows";
import { startPublishPace } from "@heatloop/hub/mqtt/publish-pace";
import { openNodeCa } from "@heatloop/hub/nodes/node-ca";
import { newNodePace } from "@heatloop/hub/nodes/node-pace";
import { telemetryIntake } from "@heatloop/hub/telemetry/take-telemetry";
import { systemClock } from "@heatloop/program/clock";
import { expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { wholeHub } from "#test/support/hub/whole-hub.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A home that logs a heat pump, and a hub with a broker for homes. */
async function homeAndHub() {
  // Today, as the broker checks certificates by the machine's clock.
  const clock = simulatedClock(Date.now());
  const broker = await startNodesBroker(onTestFinished);
  const hub = await wholeHub(clock, { broker: { url: broker.nodesUrl, ca: broker.ca }, until: onTestFinished });
  const ca = await openNodeCa(hub.secrets);
  await broker.start(ca.certificate, await ca.revocations([], Date.now()));
  const listen = () => {
    const { hubUrl: url, hubPassword: password } = broker;
    const mqtt = openHubMqtt({ url, password, ca: undefined, clock: systemClock(), log: hub.log });
    const { database, owner, rows, log } = hub;
    const tenantOfNode = nodeLookUp(owner);
    const publishPace = startPublishPace({ mqtt, tenantOfNode, pace: newNodePace(), database, clock, log });
    onTestFinished(publishPace.close);
    followRows({
      ...{ mqtt, database, clock, tenantOfNode, publishPace },
      takeTelemetry: telemetryIntake(rows),
      spaces: rows.spaces,
    });
    onTestFinished(() => mqtt.close());
    return mqtt;
  };
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const app = await runningApp({ brokerUrl: url, clock });
  expect(await app.put({ hub: { url: hub.url, claim_code: await hub.code() }, devices: [{ prefix: "hp" }] })).toBe(200);
  const stored = async () => (await hub.all("select at from minutes")).length;
  const until = (condition: () => Promise<boolean>, what: string) =>
    waitFor(
      async () => {
        await app.pass(20 * secondMs);
        return condition();
      },
      what,
      60_000,
      50,
    );
  return { clock, broker, hub, listen, app, stored, until };
}

it("each minute's row is at the hub at once by its broker, and a batch that the hub confirms follows each 15 minutes", async () => {
  const { hub, listen, app, stored, until } = await homeAndHub();
  await waitFor(listen().connected, "the hub is at its broker");
  await until(async () => (await stored()) > 0, "the first rows are there");
  await until(async () => {
    const [rows, asked] = [await stored(), hub.batches()];
    await app.pass(2 * minuteMs);
    await waitFor(async () => (await stored()) > rows, "a row of these minutes");
    return hub.batches() === asked;
  }, "rows come without a batch");
  const [rows, batches] = [await stored(), hub.batches()];
  for (let minute = 0; minute < 32; minute += 1) {
    await app.pass(minuteMs);
    await waitFor(async () => (await stored()) >= rows + minute, "the row of each minute");
  }
  // Where time runs so fast an acknowledgement may be late now and then, and a batch follows.
  expect(hub.batches() - batches).toBeGreaterThanOrEqual(2);
  expect(hub.batches() - batches).toBeLessThan(12);
  expect(await hub.all("select * from refused_rows")).toEqual([]);
});

it("what the broker has and the hub has not is sent by the next batch, and with the broker gone each row again", async () => {
  const { clock, hub, broker, app, stored, until } = await homeAndHub();
  // No hub listens at the broker: it takes rows and keeps them from everybody.
  await until(async () => hub.batches() > 0, "the first batch is sent");
  await app.pass(3 * minuteMs);
  const before = await stored();
  await until(async () => (await stored()) >= before + 10, "the next batch brings all of them");
  await broker.stop();
  const [rows, batches, from] = [await stored(), hub.batches(), clock.now()];
  await until(async () => hub.batches() >= batches + 4 && (await stored()) >= rows + 4, "each row is sent");
  expect(clock.now() - from).toBeLessThan(15 * minuteMs);
});
