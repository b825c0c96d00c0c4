import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { connectAsync } from "mqtt";
import { describe, expect, it } from "vitest";
import {
  type Announcement,
  announcedTopic,
  announcing,
  componentsOf,
  installation,
  leaveConfig,
  payloadOf,
} from "#test/support/announcing.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const sensor = (id: string) => ({ platform: "sensor", unique_id: id, name: id, state_topic: `hp/${id}` });

const ownAvailability = { availability: [{ topic: `heatloop/${installation}/status` }] };

/** The retained topics, without those of the installations' presence. */
async function retainedOnBroker(url: string): Promise<string[]> {
  const topics = [...(await retainedTopics(url)).keys()].toSorted();
  return topics.filter((topic) => !/^heatloop\/(\w+\/)?(status|heat-pumps)$/.test(topic));
}

describe("what an earlier run has announced", () => {
  it("is not announced again where it is the same", async () => {
    const broker = await testBroker();
    const first = await announcing(broker);
    first.report(basicPoints);
    await first.pass(10 * secondMs);
    first.announcer.stop();
    const second = await announcing(broker);
    second.report(basicPoints.toReversed(), { retained: true });
    await second.pass(3 * minuteMs);
    expect(second.announced).toEqual([]);
  });

  it("is cleaned in two steps of what is no longer there, once the heat pump has been live for a minute", async () => {
    const broker = await testBroker();
    const earlier = { components: { removed_package: sensor("removed_package"), flow_temperature: sensor("x") } };
    await leaveConfig(broker, "hp", earlier);
    const { device, announced, report, pass } = await announcing(broker);
    report(basicPoints, { retained: true });
    await pass(3 * minuteMs);
    expect(announced).toHaveLength(1);
    expect(componentsOf(announced[0] as Announcement).removed_package).toEqual(sensor("removed_package"));
    report(basicPoints);
    await pass(3 * minuteMs);
    expect(announced).toHaveLength(3);
    expect(componentsOf(announced[1] as Announcement).removed_package).toEqual({ platform: "sensor" });
    expect(JSON.parse((announced[2] as Announcement).payload)).toEqual(payloadOf(device));
  });

  it("keeps a fitted sensor over a restart, though it reports the 25.0 °C of an unfitted one for hours", async () => {
    const broker = await testBroker();
    const first = await announcing(broker);
    first.report(basicPoints);
    first.report(["boiler_flow_temperature"], { payload: "31.5" });
    await first.pass(10 * secondMs);
    expect(componentsOf(first.announced[0] as Announcement)).toHaveProperty("boiler_flow_temperature");
    first.announcer.stop();
    const second = await announcing(broker);
    second.report(basicPoints);
    await second.pass(10 * secondMs);
    second.report(["boiler_flow_temperature"], { payload: "25.0" });
    await second.pass(5 * minuteMs);
    expect(second.announced).toEqual([]);
    second.report(["boiler_flow_temperature"], { payload: "31.5" });
    await second.pass(5 * minuteMs);
    expect(second.announced).toEqual([]);
  });

  it("goes on being removed where the run before ended between the two steps", async () => {
    const broker = await testBroker();
    const first = await announcing(broker);
    first.report(basicPoints);
    await first.pass(2 * minuteMs);
    first.report(["dhw_temperature"], { payload: "" });
    await first.pass(6 * secondMs);
    expect(first.announced).toHaveLength(2);
    first.announcer.stop();
    const second = await announcing(broker);
    second.report(basicPoints.filter((point) => point !== "dhw_temperature"));
    await second.pass(minuteMs);
    expect(componentsOf(second.announced.at(-1) as Announcement)).not.toHaveProperty("dhw_temperature");
  });

  it("of a heat pump that is no longer there is removed after a minute, with its states; of others nothing is", async () => {
    const broker = await testBroker();
    await leaveConfig(broker, "old", { ...ownAvailability, components: { a: sensor("a") } });
    const client = await connectAsync(broker.url);
    const left = [
      "heatloop/old/day",
      "heatloop/old/yesterday",
      "heatloop/old/room-feed/1",
      "homeassistant/device/other/config",
    ];
    for (const each of left) await client.publishAsync(each, "{}", { retain: true, qos: 1 });
    await client.endAsync();
    const { report, pass, lines } = await announcing(broker);
    report(basicPoints);
    await pass(59 * secondMs);
    expect(await retainedOnBroker(broker.url)).toEqual([...left, discoveryTopic("old"), announcedTopic].toSorted());
    await pass(2 * secondMs);
    expect(await retainedOnBroker(broker.url)).toEqual([announcedTopic, "homeassistant/device/other/config"]);
    expect(lines.at(-1)).toContain("removed a heat pump that is no longer on the broker device=old");
  });

  it.each<[string, boolean, (how: { followed: Set<string>; dropped: Set<string> }) => void]>([
    ["stays while the heat pump is followed and not ready yet", true, ({ followed }) => followed.add("old")],
    ["is removed where the settings name others only", false, ({ dropped }) => dropped.add("old")],
  ])("%s", async (_what, stays, arrange) => {
    const broker = await testBroker();
    await leaveConfig(broker, "old", { ...ownAvailability, components: { a: sensor("a") } });
    const house = await announcing(broker);
    arrange(house);
    house.report(basicPoints);
    await house.pass(10 * minuteMs);
    expect((await retainedOnBroker(broker.url)).includes(discoveryTopic("old"))).toBe(stays);
  });

  it("stays stored where the broker has lost its retained messages: the heat pump may only be away", async () => {
    const folder = temporaryFolder();
    const before = await announcing(await testBroker(), undefined, { folder });
    before.report(basicPoints);
    await before.pass(10 * secondMs);
    before.announcer.stop();
    const after = await announcing(await testBroker(), undefined, { folder });
    after.living.length = 0;
    await after.pass(10 * minuteMs);
    expect(after.lines.join("\n")).not.toContain("removed a heat pump");
    expect(after.announced).toEqual([]);
  });

  it("is nothing where the broker retains something else under our topic", async () => {
    const broker = await testBroker();
    const client = await connectAsync(broker.url);
    await client.publishAsync(announcedTopic, "not JSON", { retain: true, qos: 1 });
    await client.publishAsync(discoveryTopic("other"), "[1]", { retain: true, qos: 1 });
    await client.endAsync();
    const { announced, report, pass } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    expect(announced).toHaveLength(1);
  });
});

describe("a heat pump that is gone", () => {
  it("is removed at once, and is not announced by what was still to come", async () => {
    const broker = await testBroker();
    const { announcer, living, announced, report, pass, birth } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    await birth();
    report(["dhw_setpoint"]);
    living.length = 0;
    announcer.gone("hp");
    await pass(2 * minuteMs);
    expect(announced.map(({ payload, retain }) => [payload.length > 0, retain])).toEqual([
      [true, true],
      [false, true],
    ]);
    expect((await retainedTopics(broker.url)).has(announcedTopic)).toBe(false);
  });

  it("between the two steps of a removal stays removed", async () => {
    const broker = await testBroker();
    const { announcer, living, report, pass } = await announcing(broker);
    report(basicPoints);
    await pass(2 * minuteMs);
    report(["dhw_temperature"], { payload: "" });
    await pass(6 * secondMs);
    living.length = 0;
    announcer.gone("hp");
    await pass(2 * minuteMs);
    expect((await retainedTopics(broker.url)).has(announcedTopic)).toBe(false);
  });

  it("for another one with the same id is not announced by what it had published", async () => {
    const { living, announced, report, pass } = await announcing(await testBroker());
    report(basicPoints);
    living.length = 0;
    await pass(2 * minuteMs);
    expect(announced).toEqual([]);
  });

  it("is announced again when it is back with the same entities", async () => {
    const { announcer, living, device, announced, report, pass } = await announcing(await testBroker());
    report(basicPoints);
    await pass(2 * minuteMs);
    living.length = 0;
    announcer.gone("hp");
    await pass(secondMs);
    living.push(device);
    announcer.changed(device);
    await pass(2 * minuteMs);
    expect(announced.map(({ payload }) => payload.length > 0)).toEqual([true, false, true]);
  });
});
