import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic, sharedStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const topic = discoveryTopic("hp");

type Alert = { readonly id: string; readonly message: string };

async function sharedAlert(running: RunningApp): Promise<string | undefined> {
  return (await running.get<Alert[]>("/api/alerts")).find(({ id }) => id === "shared/hp")?.message;
}

async function follows(running: RunningApp, ...ids: string[]): Promise<void> {
  await waitFor(async () => {
    const devices = await running.get<{ id: string }[]>("/api/devices");
    return ids.every((id) => devices.some((device) => device.id === id));
  }, `follows ${ids.join()}`);
}

/** The installation whose status an announcement depends on. */
async function announcerAt(url: string, where = topic): Promise<string | undefined> {
  const { availability = [] } = JSON.parse((await retainedTopics(url)).get(where) ?? "{}") as {
    availability?: { topic: string }[];
  };
  return availability.map((each) => /^heatloop\/(\w+)\/status$/.exec(each.topic)?.[1]).find(Boolean);
}

/** Home Assistant with one room at 20.5 °C, connected. */
async function homeWithRooms(): Promise<HomeAssistant> {
  const fake = await startFakeHomeAssistant();
  onTestFinished(fake.stop);
  fake.setState("climate.room", "heat", { current_temperature: 20.5, temperature: 21 });
  const homeAssistant = connectHomeAssistant({
    url: fake.url,
    token: fake.token,
    clock: systemClock(),
    log: recordingLog(),
  });
  onTestFinished(homeAssistant.close);
  return homeAssistant;
}
type HomeAssistant = ReturnType<typeof connectHomeAssistant>;

/** Two programs at one broker that both have found its heat pump; the first has announced it. */
async function twins(homeAssistant?: HomeAssistant) {
  const broker = await testBroker();
  const firmware = await firmwareOnMqtt(broker.url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const homeOf = () => (homeAssistant === undefined ? {} : { homeAssistant, clock: simulatedClock(Date.now()) });
  const first = await runningApp({ brokerUrl: broker.url, ...homeOf() });
  await follows(first, "hp");
  await first.pass(30 * secondMs);
  await waitFor(async () => (await announcerAt(broker.url)) === first.installation, "the first one announced it");
  const second = await runningApp({ brokerUrl: broker.url, ...homeOf() });
  await follows(second, "hp");
  return { broker, firmware, first, second };
}

describe("a second Heatloop at the same broker", () => {
  it("that follows the same heat pump leaves its announcement and states alone, and both name the other", async () => {
    const { broker, first, second } = await twins();
    const received = await receiveTopics(broker.url, "homeassistant/#", "heatloop/hp/#");
    await received.settled();
    const before = received.messages.length;
    await second.pass(3 * minuteMs);
    await received.settled();
    // The first one publishes that there is another one.
    const isAlert = ({ topic }: { topic: string }) => /\/alerts?$/.test(topic);
    expect(received.messages.slice(before).filter((message) => !isAlert(message))).toEqual([]);
    for (const { payload } of received.messages.filter(isAlert)) {
      expect(payload).not.toContain("this one only logs it");
    }
    await waitFor(async () => (await sharedAlert(first)) && (await sharedAlert(second)), "both have the alert");
    expect(await sharedAlert(first)).toBe(
      `Another Heatloop (installation ${second.installation}) at the same MQTT broker follows Hp too; this one announces it to Home Assistant, the other one only logs it: end one of them, or name in each one's settings (devices) which heat pumps are its own`,
    );
    expect(await sharedAlert(second)).toContain(`(installation ${first.installation})`);
    expect(await sharedAlert(second)).toContain("this one only logs it");
    for (const [one, other] of [
      [first, second],
      [second, first],
    ] as const) {
      const logged = one.lines().filter((line) => line.includes("another Heatloop follows the same heat pump"));
      expect(logged).toHaveLength(1);
      expect(logged[0]).toContain(other.installation);
    }
  });

  it("that never found the heat pump does not remove it", async () => {
    const { url } = await testBroker();
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.publishPoints(basicPoints);
    const first = await runningApp({ brokerUrl: url });
    await follows(first, "hp");
    await first.pass(30 * secondMs);
    const second = await runningApp({ brokerUrl: url });
    expect(await second.put({ devices: [{ prefix: "another" }] })).toBe(200);
    await second.pass(5 * minuteMs);
    expect(await announcerAt(url)).toBe(first.installation);
    expect((await retainedTopics(url)).has("heatloop/hp/day")).toBe(true);
    expect(second.lines().join("\n")).not.toContain("no longer on the broker");
    expect(await sharedAlert(first)).toBeUndefined();
  });

  it("whose settings name another heat pump instead does not remove the first one's", async () => {
    const { broker, first, second } = await twins();
    await second.pass(30 * secondMs);
    expect(await second.put({ devices: [{ prefix: "another" }] })).toBe(200);
    await second.pass(2 * minuteMs);
    expect(await announcerAt(broker.url)).toBe(first.installation);
    expect((await retainedTopics(broker.url)).has("heatloop/hp/day")).toBe(true);
    await waitFor(async () => (await sharedAlert(first)) === undefined, "the first one knows that it is alone");
  });

  it("takes the heat pump over when the first one has been gone for ten minutes, under the same ids", async () => {
    const { broker, first, second } = await twins();
    const idsAt = async () =>
      Object.values(
        (JSON.parse((await retainedTopics(broker.url)).get(topic) ?? "{}") as { components: { unique_id: string }[] })
          .components,
      ).map((component) => component.unique_id);
    const before = await idsAt();
    await first.close();
    await waitFor(async () => (await sharedAlert(second)) !== undefined, "it is not gone for long");
    await second.pass(9 * minuteMs);
    expect(await announcerAt(broker.url)).toBe(first.installation);
    await second.pass(3 * minuteMs);
    await waitFor(async () => (await announcerAt(broker.url)) === second.installation, "taken over");
    expect(await idsAt()).toEqual(before);
    expect(await sharedAlert(second)).toBeUndefined();
    // When the first one comes back, it is the second one's.
    const again = await runningApp({ brokerUrl: broker.url, folder: first.folder, clock: second.clock });
    expect(again.installation).toBe(first.installation);
    await follows(again, "hp");
    await again.pass(2 * minuteMs);
    expect(await announcerAt(broker.url)).toBe(second.installation);
  });

  it("takes the heat pump over at once when the first one removes it", async () => {
    const { broker, first, second } = await twins();
    await second.pass(30 * secondMs);
    expect(await first.put({ devices: [{ prefix: "another" }] })).toBe(200);
    await waitFor(async () => !(await retainedTopics(broker.url)).has(topic), "removed");
    await second.pass(30 * secondMs);
    await waitFor(async () => (await announcerAt(broker.url)) === second.installation, "taken over");
  });

  it("that comes at the same moment ends with one of them announcing it, and both agree which", async () => {
    const { url } = await testBroker();
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.publishPoints(basicPoints);
    const pair = await Promise.all([runningApp({ brokerUrl: url }), runningApp({ brokerUrl: url })]);
    for (const each of pair) await follows(each, "hp");
    await Promise.all(pair.map((each) => each.pass(2 * minuteMs)));
    const announcer = await announcerAt(url);
    await Promise.all(pair.map((each) => each.pass(2 * minuteMs)));
    expect(await announcerAt(url)).toBe(announcer);
    const alerts = await Promise.all(pair.map(sharedAlert));
    const silent = pair.findIndex((each) => each.installation !== announcer);
    expect(alerts[silent]).toContain("this one only logs it");
    expect(alerts[1 - silent]).toContain("this one announces it to Home Assistant");
  });
});

it("two whose data folder was copied have one id: both have an alert, until one ends", async () => {
  const { url } = await testBroker();
  const original = await runningApp({ brokerUrl: url });
  await original.pass(secondMs);
  const folder = temporaryFolder();
  await copyFile(join(original.folder, "installation.json"), join(folder, "installation.json"));
  const copy = await runningApp({ brokerUrl: url, folder, clientId: "heatloop-copy" });
  expect(copy.installation).toBe(original.installation);
  const hasAlert = async (running: RunningApp) =>
    (await running.get<Alert[]>("/api/alerts")).some(({ id }) => id === "installation");
  await waitFor(async () => (await hasAlert(original)) && (await hasAlert(copy)), "both have the alert");
  for (const each of [original, copy]) {
    expect(each.lines().filter((line) => line.includes("delete installation.json"))).toHaveLength(1);
  }
  await copy.close();
  await waitFor(async () => !(await hasAlert(original)), "it is alone again");
  const status = installationStatusTopic(original.installation);
  await waitFor(async () => (await retainedTopics(url)).get(status) === "online", "and online");
});

it("one that is started again is not taken for a copy of itself", async () => {
  const { url } = await testBroker();
  const first = await runningApp({ brokerUrl: url });
  await first.pass(secondMs);
  await first.close();
  const again = await runningApp({ brokerUrl: url, folder: first.folder });
  await waitFor(async () => {
    await again.pass(secondMs);
    return (await again.get<Alert[]>("/api/alerts")).length === 0;
  }, "there is no alert of another one");
});

describe("the status of an installation", () => {
  it("that the broker does not let it read keeps nothing from being published", async () => {
    const access =
      "topic write heatloop/#\ntopic readwrite hp/#\ntopic readwrite mark/#\ntopic readwrite homeassistant/#\nuser reader\ntopic readwrite #\n";
    const broker = await startBroker({
      async config(port, folder) {
        await writeFile(join(folder, "access"), access);
        return `listener ${port} 127.0.0.1\nallow_anonymous true\nacl_file ${folder}/access\n`;
      },
    });
    onTestFinished(() => broker.close());
    const firmware = await firmwareOnMqtt(broker.url, "hp");
    const running = await runningApp({ brokerUrl: broker.url });
    await waitFor(() => running.mqtt.connected(), "connected");
    await firmware.publishPoints(basicPoints);
    await follows(running, "hp");
    await running.pass(30 * secondMs);
    const retained = await retainedTopics(broker.url.replace("//", "//reader@"), "heatloop/#");
    expect(retained.has("heatloop/hp/day")).toBe(true);
  });

  it("that a late last will puts to offline is online again at once, and so is the shared one", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const status = installationStatusTopic(running.installation);
    const received = await receiveTopics(url, "heatloop/#");
    await waitFor(() => received.last(status) === "online", "online");
    const late = await connectAsync(url);
    for (const each of [status, sharedStatusTopic]) {
      await late.publishAsync(each, "offline", { retain: true, qos: 1 });
      await waitFor(async () => (await retainedTopics(url)).get(each) === "online", `${each} is online again`);
    }
    await late.endAsync();
    await running.close();
    const retained = await retainedTopics(url);
    expect([retained.get(status), retained.get(sharedStatusTopic)]).toEqual(["offline", "offline"]);
  });

  it("stays online when another installation ends, and so does the shared one", async () => {
    const { url } = await testBroker();
    const [one, other] = [await runningApp({ brokerUrl: url }), await runningApp({ brokerUrl: url })];
    expect(one.installation).not.toBe(other.installation);
    await waitFor(async () => (await retainedTopics(url)).get(installationStatusTopic(one.installation)), "there");
    await one.pass(0);
    await other.close();
    await waitFor(async () => (await retainedTopics(url)).get(sharedStatusTopic) === "online", "one is left");
    expect((await retainedTopics(url)).get(installationStatusTopic(one.installation))).toBe("online");
  });
});

it("a heat pump gets its room temperature from one of two Heatloops: from the one that announces it", async () => {
  const { broker, firmware, first, second } = await twins(await homeWithRooms());
  await firmware.publishPoint("room_feedback_zone_1", "19.000000");
  await firmware.publishPoint("room_source_zone_1", "Home Assistant or REST API");
  const commands = await receiveTopics(broker.url, "+/number/+/command");
  for (const running of [second, first]) expect(await running.put({ rooms: [{ entity: "climate.room" }] })).toBe(200);
  await waitFor(async () => {
    await second.pass(10 * secondMs);
    const [feed] = await second.get<{ temperature_c: number | null }[]>("/api/room-feed");
    return feed?.temperature_c === 20.5;
  }, "the second one knows the room");
  await second.pass(minuteMs);
  expect(commands.messages).toEqual([]);
  await waitFor(async () => {
    await first.pass(10 * secondMs);
    return commands.messages.length > 0;
  }, "the first one feeds it");
});
