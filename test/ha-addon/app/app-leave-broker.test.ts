import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic, sharedStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

const leave = async ({ app }: RunningApp) => (await fetch(`${app.url}/api/retained`, { method: "DELETE" })).status;

/** A heat pump that an installation follows and has announced. */
async function announced(url: string) {
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const running = await runningApp({ brokerUrl: url });
  await waitFor(async () => {
    await running.pass(6_000);
    return (await retainedTopics(url)).has(discoveryTopic("hp"));
  }, "the heat pump is announced");
  return { firmware, running };
}

const ours = async (url: string) =>
  [...(await retainedTopics(url)).keys()].filter((topic) => !topic.startsWith("hp/")).sort();

it("a person has all cleared that Heatloop keeps at the broker, and it keeps nothing more until its next start", async () => {
  const { url } = await testBroker();
  const { firmware, running } = await announced(url);
  expect((await ours(url)).length).toBeGreaterThan(6);
  expect(await leave(running)).toBe(204);
  expect(await ours(url)).toEqual([]);
  await firmware.publishPoint("flow_temperature", "41.5");
  await running.pass(120_000);
  expect(await leave(running)).toBe(204);
  await running.close();
  expect(await ours(url)).toEqual([]);
  expect((await retainedTopics(url, "hp/#")).size).toBeGreaterThan(basicPoints.length);

  const again = await runningApp({ brokerUrl: url, folder: running.folder });
  await waitFor(async () => {
    await again.pass(6_000);
    return (await ours(url)).includes(discoveryTopic("hp"));
  }, "the heat pump is announced again");
});

it("what another installation keeps for the same heat pump stays", async () => {
  const { url } = await testBroker();
  const { running } = await announced(url);
  const second = await runningApp({ brokerUrl: url });
  await second.pass(30_000);
  const before = (await ours(url)).filter((topic) => !topic.includes(second.installation));
  expect(await leave(second)).toBe(204);
  await waitFor(async () => `${await ours(url)}` === `${before}`, "the rest is as before");
  const status = async (topic: string) => (await retainedTopics(url)).get(topic);
  expect(await status(installationStatusTopic(running.installation))).toBe("online");
  await waitFor(async () => (await status(sharedStatusTopic)) === "online", "the first one says that it is there");
});

it("is asked to try again where the broker is away", async () => {
  const broker = await testBroker();
  const { running } = await announced(broker.url);
  await broker.stop();
  await waitFor(() => !running.mqtt.connected(), "the broker is away");
  expect(await leave(running)).toBe(503);
  await broker.start();
});
