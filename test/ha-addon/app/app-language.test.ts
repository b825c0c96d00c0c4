import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { systemClock } from "@heatloop/program/clock";
import { expect, it, onTestFinished } from "vitest";
import { followed } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Told = { readonly message: string }[];
type Feeds = { readonly reason: string; readonly rooms: { readonly reason: string | null }[] }[];

/** A heat pump with a fault and a room that Home Assistant does not know, in a home of this language. */
async function home(language: string) {
  const fake = await startFakeHomeAssistant();
  onTestFinished(() => fake.stop());
  fake.setConfig({ language });
  const log = recordingLog();
  const clock = systemClock();
  const homeAssistant = connectHomeAssistant({ url: fake.url, token: fake.token, clock, log, random: () => 0 });
  onTestFinished(() => homeAssistant.close());
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  await firmware.publishPoint("fault_code", "E9");
  const running = await runningApp({ brokerUrl: url, homeAssistant });
  await followed(running, "hp");
  expect(await running.put({ rooms: [{ entity: "climate.attic" }] })).toBe(200);
  await firmware.publishPoint("fault_code", "E9");
  await waitFor(async () => {
    await running.pass(5 * secondMs);
    return (await running.get<Feeds>("/api/room-feed"))[0]?.rooms[0]?.reason != null;
  }, "the room was looked for");
  await running.pass(2 * minuteMs);
  return { running, url };
}

it("a home whose Home Assistant is Swedish reads its room feed and its alerts in Swedish, and the log is English", async () => {
  const { running, url } = await home("sv");
  const alerts = (await running.get<Told>("/api/alerts")).map(({ message }) => message);
  expect(alerts).toContain("Hp rapporterar felet E9");
  expect(alerts.join()).toContain("Rumstemperatur för zon 1: 0 av 1 rum är användbara");
  const [feed] = await running.get<Feeds>("/api/room-feed");
  expect(feed?.reason).toContain("climate.attic finns inte i Home Assistant");
  expect(feed?.rooms[0]?.reason).toBe("finns inte i Home Assistant");
  const published = (await retainedTopics(url, "heatloop/#")).get("heatloop/hp/room-feed/1") ?? "{}";
  expect(JSON.parse(published)).toMatchObject({ reason: feed?.reason });
  expect(running.lines().join("\n")).toContain("climate.attic is not in Home Assistant");
  expect(running.lines().join("\n")).not.toContain("finns inte");

  expect(await running.put({ report: { language: "de" } })).toBe(200);
  await running.pass(11 * secondMs);
  const german = (await running.get<Told>("/api/alerts")).map(({ message }) => message);
  expect(german).toContain("Hp meldet die Störung E9");
  expect((await running.get<Feeds>("/api/room-feed"))[0]?.reason).toContain(
    "climate.attic ist nicht in Home Assistant",
  );
});

it("entities are English until somebody chooses their language, and stay the same entities in every one", async () => {
  const { running, url } = await home("sv");
  const english = await announcedAs("Flow temperature", { running, url });
  expect(await running.put({ entities: { language: "de" } })).toBe(200);
  const german = await announcedAs("Vorlauftemperatur", { running, url });
  expect(await running.put({ entities: { language: "auto" } })).toBe(200);
  const swedish = await announcedAs("Framledningstemperatur", { running, url });
  for (const flow of [german, swedish]) expect({ ...flow, name: "" }).toEqual({ ...english, name: "" });
});

it("a home whose language has no texts reads English", async () => {
  const { running } = await home("pt-BR");
  const alerts = (await running.get<Told>("/api/alerts")).map(({ message }) => message);
  expect(alerts).toContain("Hp reports the fault E9");
});

/** The entity of the flow temperature as it is announced, once it is under a name. */
async function announcedAs(name: string, { running, url }: Awaited<ReturnType<typeof home>>) {
  let flow: { readonly name?: string } | undefined;
  await waitFor(async () => {
    await running.pass(5 * secondMs);
    const payload = (await retainedTopics(url, "homeassistant/#")).get(discoveryTopic("hp")) ?? "{}";
    flow = JSON.parse(payload).components?.flow_temperature;
    return flow?.name === name;
  }, `the heat pump is announced with "${name}"`);
  return flow;
}
