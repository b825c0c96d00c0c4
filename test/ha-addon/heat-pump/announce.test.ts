import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectAsync } from "mqtt";
import { describe, expect, it } from "vitest";
import { type Announcement, announcedTopic, announcing, componentsOf, payloadOf } from "#test/support/announcing.ts";
import { settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, publishedPoints } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { waitFor } from "#test/support/wait-for.ts";

describe("a heat pump that publishes its points one by one", () => {
  it("is announced once, after a moment of quiet, retained and with QoS 1", async () => {
    const broker = await testBroker();
    const { clock, device, announced, report, pass } = await announcing(broker);
    await pass(2 * secondMs);
    for (const point of publishedPoints) {
      report([point]);
      clock.advanceTo(clock.now() + 30);
    }
    const quietFrom = clock.now() - 30;
    await pass(4 * secondMs);
    expect(announced).toEqual([]);
    await pass(minuteMs);
    expect(announced).toHaveLength(1);
    expect((await retainedTopics(broker.url)).get(announcedTopic)).toBe((announced[0] as Announcement).payload);
    expect(announced[0]).toMatchObject({ retain: true, qos: 1 });
    expect((announced[0] as Announcement).at - quietFrom).toBe(5 * secondMs);
    expect(JSON.parse((announced[0] as Announcement).payload)).toEqual(payloadOf(device));
    expect(Object.keys(componentsOf(announced[0] as Announcement)).length).toBeGreaterThan(150);
  });

  it("is not put off for ever by points that go on coming", async () => {
    const { clock, announced, report, pass } = await announcing(await testBroker());
    const from = clock.now();
    for (const point of publishedPoints.slice(0, 60)) {
      report([point]);
      await pass(2 * secondMs);
    }
    expect((announced[0] as Announcement).at - from).toBeLessThanOrEqual(70 * secondMs);
    const gaps = announced.slice(1).map(({ at }, i) => at - (announced[i] as Announcement).at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5 * secondMs);
  });

  it("is not announced before it published any, nor again while nothing changes", async () => {
    const { announcer, device, announced, report, pass, lines } = await announcing(await testBroker());
    announcer.changed(device);
    await pass(10 * secondMs);
    expect(announced).toEqual([]);
    report(basicPoints);
    await pass(10 * secondMs);
    announcer.changed(device);
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(1);
    expect(lines.map((line) => line.slice(line.indexOf(" ") + 1))).toEqual([
      `INFO announced the heat pump to Home Assistant device=hp entities=${Object.keys(componentsOf(announced[0] as Announcement)).filter((id) => !id.startsWith("event_")).length}`,
    ]);
  });

  it("is announced anew under the names of another language that is chosen, with the same ids and topics", async () => {
    let language: HomeLanguage = "en";
    const { announcer, device, announced, report, pass } = await announcing(await testBroker(), undefined, {
      language: () => language,
    });
    report(publishedPoints);
    await pass(2 * minuteMs);
    language = "de";
    announcer.changed(device);
    await pass(10 * secondMs);
    await expect.poll(() => announced.length).toBe(2);
    const [english, german] = announced.map((each) => componentsOf(each).flow_temperature);
    expect(german).toEqual({ ...english, name: "Vorlauftemperatur" });
    expect(english?.name).toBe("Flow temperature");
  });

  it("is announced anew with the topics of another language after an update of the firmware", async () => {
    const { device, announced, report, pass } = await announcing(await testBroker());
    report(publishedPoints);
    await pass(2 * minuteMs);
    report(publishedPoints, { language: "de" });
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(2);
    expect(componentsOf(announced[1] as Announcement).flow_temperature?.state_topic).toBe(
      "hp/sensor/vorlauftemperatur/state",
    );
    expect(JSON.parse((announced[1] as Announcement).payload)).toEqual(payloadOf(device));
  });

  it("is announced with the versions of its firmware and controller once they are known, and anew after an update", async () => {
    const { announcer, clock, device, announced, report, pass } = await announcing(await testBroker());
    const versions = () => {
      const { sw_version, hw_version } = JSON.parse((announced.at(-1) as Announcement).payload).device;
      return [announced.length, sw_version, hw_version];
    };
    const status = (payload: string) => device.take({ topic: "hp/status", payload, retained: false }, clock.now());
    status("online");
    report(["compressor"]);
    await pass(10 * secondMs);
    expect(versions()).toEqual([1, undefined, undefined]);
    report(["esp_version"], { payload: "2026.7.2", retained: true });
    report(["controller_version"], { payload: "FTC6" });
    await pass(10 * secondMs);
    expect(versions()).toEqual([2, "2026.7.2", "FTC6"]);
    report(["esp_version"], { payload: "2026.8.0" });
    await pass(2 * minuteMs);
    expect(versions()).toEqual([3, "2026.8.0", "FTC6"]);
    status("offline");
    announcer.changed(device);
    await pass(2 * minuteMs);
    expect(versions()).toEqual([3, "2026.8.0", "FTC6"]);
  });
});

describe("when Home Assistant starts", () => {
  it.each([
    [0, 1_000],
    [0.5, 5_500],
    [0.999, 9_991],
  ])("the heat pump is announced again after 1 to 10 s (%f of it: %i ms)", async (random, ms) => {
    const { clock, announced, report, pass, birth } = await announcing(await testBroker(), () => random);
    report(basicPoints);
    await pass(2 * minuteMs);
    const from = clock.now();
    await birth();
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(2);
    expect((announced[1] as Announcement).at - from).toBe(ms);
    expect((announced[1] as Announcement).payload).toBe((announced[0] as Announcement).payload);
  });

  it("but a retained birth does not delay what is announced at a connection", async () => {
    const broker = await testBroker();
    const client = await connectAsync(broker.url);
    await client.publishAsync("homeassistant/status", "online", { retain: true, qos: 1 });
    await client.endAsync();
    const { clock, mqtt, announced, report, pass } = await announcing(broker, () => 0.999);
    report(basicPoints);
    await pass(2 * minuteMs);
    await broker.stop();
    await waitFor(() => !mqtt.connected(), "the broker is away");
    const from = clock.now();
    await broker.start();
    await waitFor(() => mqtt.connected(), "the broker is back");
    await settled(mqtt);
    await pass(minuteMs);
    expect(announced.slice(1).map(({ at }) => at - from)).toEqual([5 * secondMs]);
  });

  it("but not for a retained birth, nor for its end", async () => {
    const broker = await testBroker();
    const client = await connectAsync(broker.url);
    await client.publishAsync("homeassistant/status", "online", { retain: true, qos: 1 });
    await client.endAsync();
    const { announced, report, pass, birth } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    await birth("offline");
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(1);
  });

  it("a heat pump is announced once that changes at the same time, also right after the program's own start", async () => {
    const { announced, report, pass, birth } = await announcing(await testBroker(), () => 0.9);
    report(basicPoints);
    await pass(10 * secondMs);
    await birth();
    report(["dhw_setpoint"]);
    await pass(30 * secondMs);
    expect(announced).toHaveLength(2);
    expect(componentsOf(announced[1] as Announcement)).toHaveProperty("dhw_setpoint");
    await birth();
    await birth();
    await pass(secondMs);
    await birth();
    await pass(30 * secondMs);
    expect(announced).toHaveLength(3);
  });

  it("a change that is taken back before it was announced does not swallow the announcement", async () => {
    const { announcer, device, announced, report, pass, birth } = await announcing(await testBroker(), () => 0.9);
    report(basicPoints);
    await pass(10 * secondMs);
    await birth();
    announcer.changed(device);
    await pass(minuteMs);
    expect(announced).toHaveLength(2);
  });
});

describe("a point that goes away", () => {
  it("is first reduced to its platform, some seconds later left out", async () => {
    const broker = await testBroker();
    const { device, announced, report, pass } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    report(["dhw_temperature"], { payload: "" });
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(3);
    expect((await retainedTopics(broker.url)).get(announcedTopic)).toBe((announced[2] as Announcement).payload);
    const [, reduced, without] = announced as [Announcement, Announcement, Announcement];
    expect(componentsOf(reduced).dhw_temperature).toEqual({ platform: "sensor" });
    expect(componentsOf(without)).not.toHaveProperty("dhw_temperature");
    expect(JSON.parse(without.payload)).toEqual(payloadOf(device));
    expect(without.at - reduced.at).toBe(5 * secondMs);
  });

  it("takes nothing with it: what changes between the two steps is in the second", async () => {
    const { device, announced, report, pass } = await announcing(await testBroker());
    report(basicPoints);
    await pass(2 * minuteMs);
    report(["dhw_temperature"], { payload: "" });
    await pass(6 * secondMs);
    report(["dhw_setpoint"]);
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(3);
    expect(JSON.parse((announced[2] as Announcement).payload)).toEqual(payloadOf(device));
    expect(componentsOf(announced[2] as Announcement)).toHaveProperty("dhw_setpoint");
  });

  it("and comes back before the second step stays", async () => {
    const { device, announced, report, pass } = await announcing(await testBroker());
    report(basicPoints);
    await pass(10 * secondMs);
    report(["dhw_temperature"], { payload: "" });
    await pass(6 * secondMs);
    report(["dhw_temperature"]);
    await pass(2 * minuteMs);
    expect(JSON.parse((announced.at(-1) as Announcement).payload)).toEqual(payloadOf(device));
    expect(componentsOf(announced.at(-1) as Announcement)).toHaveProperty("dhw_temperature");
  });
});

describe("when the broker comes back", () => {
  it("the heat pump is announced again, with what changed meanwhile", async () => {
    const broker = await testBroker();
    const { mqtt, device, announced, report, pass } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    await broker.stop();
    await waitFor(() => !mqtt.connected(), "the broker is away");
    report(["dhw_setpoint"]);
    report(["dhw_temperature"], { payload: "" });
    await pass(20 * secondMs);
    await broker.start();
    await waitFor(() => mqtt.connected(), "the broker is back");
    await settled(mqtt);
    const before = announced.length;
    await pass(minuteMs);
    expect(announced.slice(before).map((each) => componentsOf(each).dhw_temperature)).toEqual([
      { platform: "sensor" },
      undefined,
    ]);
    expect((await retainedTopics(broker.url)).get(announcedTopic)).toBe(JSON.stringify(payloadOf(device)));
  });

  it("it is announced again though nothing has changed, as the broker may have forgotten", async () => {
    const broker = await testBroker();
    const { mqtt, announced, report, pass } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    await broker.stop();
    await waitFor(() => !mqtt.connected(), "the broker is away");
    await broker.start();
    await waitFor(() => mqtt.connected(), "the broker is back");
    await settled(mqtt);
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(2);
  });
});

it("nothing is announced any more after the end", async () => {
  const { announcer, announced, report, pass, birth } = await announcing(await testBroker());
  report(basicPoints);
  announcer.stop();
  report(publishedPoints);
  await birth();
  await pass(2 * minuteMs);
  expect(announced).toEqual([]);
});
