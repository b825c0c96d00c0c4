import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { receiveTopics } from "#test/support/received-topics.ts";
import { runningApp } from "#test/support/running-app.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const setTopic = "heatloop/hp/boost/set";

/** A heat pump whose hot water is not forced, with its ESP32 that publishes each ten seconds, and a person at the broker. */
async function boostedHouse() {
  const broker = await testBroker();
  const { url } = broker;
  const firmware = await firmwareOnMqtt(url, "hp");
  const received = await receiveTopics(url, "hp/+/+/command", "heatloop/hp/boost");
  const person = await connectAsync(url);
  onTestFinished(() => person.endAsync(true));
  const folder = temporaryFolder();
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  await firmware.publishPoint("force_dhw", "OFF");
  let running = await runningApp({ brokerUrl: url, folder });

  /** Time in which the heat pump publishes as it does. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 30_000) {
      await firmware.publishPoint("flow_temperature");
      await running.pass(Math.min(30_000, ms - passed));
    }
  }

  const house = {
    url,
    firmware,
    received,
    folder,
    pass,
    lines: () => running.lines(),
    ask: (payload: string, retain = false) => person.publishAsync(setTopic, payload, { qos: 1, retain }),
    commands: () => received.of("hp/switch/force_dhw/command"),
    /** A command comes once its boost is kept on the disk, in real time. */
    async hasSent(...commands: readonly string[]): Promise<void> {
      await waitFor(() => house.commands().length >= commands.length, `${commands.join()} are sent`);
      expect(house.commands()).toEqual(commands);
    },
    boost: () => JSON.parse(received.last("heatloop/hp/boost") ?? "null") as unknown,
    async forced(state: "ON" | "OFF"): Promise<void> {
      await firmware.publishPoint("force_dhw", state);
      await pass(10_000);
    },
    async restart(awayMs: number, meanwhile?: () => Promise<unknown>): Promise<void> {
      await running.close();
      const { clock } = running;
      await running.mqtt.close();
      await meanwhile?.();
      clock.advanceTo(clock.now() + awayMs);
      running = await runningApp({ brokerUrl: url, folder, clock });
    },
  };
  await waitFor(async () => {
    await pass(10_000);
    return JSON.stringify(house.boost()) === '{"minutes":0,"until":null}';
  }, "that the hot water is not forced is known");
  return house;
}

/** A house in which a boost of ten minutes runs. */
async function boosted() {
  const house = await boostedHouse();
  await house.ask("10");
  await waitFor(async () => {
    await house.pass(10_000);
    return house.commands().length === 1;
  }, "the boost is sent");
  await house.forced("ON");
  return house;
}

describe("a boost of the hot water", () => {
  it("is sent once, never retained, and ends once its time is over", async () => {
    const house = await boosted();
    await house.hasSent("ON");
    expect(house.boost()).toEqual({ minutes: 10, until: expect.stringMatching(/^2026-11-21T12:1\d:\d\d\+01:00$/) });
    await house.pass(8 * minuteMs);
    await house.hasSent("ON");
    await house.pass(2 * minuteMs);
    await house.received.settled();
    await house.hasSent("ON", "OFF");
    await house.forced("OFF");
    await house.received.settled();
    expect(house.boost()).toEqual({ minutes: 0, until: null });
    expect(house.lines().filter((line) => /boost/.test(line))).toEqual([
      expect.stringContaining("INFO boosts the hot water"),
      expect.stringContaining("INFO the boost of the hot water is over"),
    ]);
    expect(house.received.messages.filter(({ topic, retain }) => topic.endsWith("/command") && retain)).toEqual([]);
  }, 60_000);

  it("that the heat pump ends is over, and nothing is sent at the time when it was to end", async () => {
    const house = await boosted();
    await house.pass(3 * minuteMs);
    await house.forced("OFF");
    await house.received.settled();
    expect(house.boost()).toEqual({ minutes: 0, until: null });
    await house.pass(10 * minuteMs);
    await house.hasSent("ON");
  }, 60_000);

  it("ends in time though the program was restarted, and late where it was away at the end", async () => {
    const house = await boosted();
    await house.restart(2 * minuteMs);
    await house.pass(minuteMs);
    await house.received.settled();
    expect(house.boost()).toMatchObject({ minutes: 10 });
    await house.hasSent("ON");
    await house.restart(2 * hourMs);
    await house.pass(minuteMs);
    await house.received.settled();
    await house.hasSent("ON", "OFF");
  }, 60_000);

  it("ends when the heat pump is back that was offline at the end", async () => {
    const house = await boosted();
    await house.firmware.status("offline");
    await waitFor(async () => {
      await house.ask("5");
      return house.lines().filter((line) => line.includes("boosts the hot water")).length > 1;
    }, "it is made shorter");
    const { lines } = house;
    expect(lines().filter((line) => line.includes("over"))).toEqual([]);
    await house.restart(10 * minuteMs);
    await house.firmware.status("online");
    await house.firmware.publishPoint("force_dhw", "ON");
    await house.pass(minuteMs);
    await house.received.settled();
    await house.hasSent("ON", "OFF");
  }, 60_000);

  it("of a person without a duration shows none, and ends only where Heatloop is asked for it", async () => {
    const house = await boostedHouse();
    await house.forced("ON");
    await house.pass(2 * minuteMs);
    await house.received.settled();
    expect(house.boost()).toEqual({ minutes: null, until: null });
    expect(house.commands()).toEqual([]);
    await house.ask("off");
    await waitFor(async () => {
      await house.pass(10_000);
      return house.commands().length > 0;
    }, "the end is sent");
    await house.hasSent("OFF");
  }, 60_000);

  it("that nobody can understand is refused with what is allowed", async () => {
    const house = await boostedHouse();
    await house.ask("1 h");
    await waitFor(() => house.lines().some((line) => line.includes("boost")), "the line");
    expect(house.lines().filter((line) => line.includes("boost"))).toEqual([
      expect.stringMatching(/^WARN no boost .* whole minutes from 5 to 480, or "off".*text="?1 h/),
    ]);
    await house.pass(minuteMs);
    expect(house.commands()).toEqual([]);
  }, 60_000);

  it("that the broker keeps is not obeyed; one that is asked for then is", async () => {
    const house = await boostedHouse();
    await house.restart(minuteMs, () => house.ask("60", true));
    await house.pass(minuteMs);
    await house.ask("10");
    await waitFor(async () => {
      await house.pass(10_000);
      return house.commands().length > 0;
    }, "the boost is sent");
    const boosts = house.lines().filter((line) => line.includes("boost"));
    expect(boosts).toEqual([expect.stringMatching(/INFO boosts the hot water.*minutes="?10\b/)]);
  }, 60_000);

  it("is sent by the installation that publishes for the heat pump, and by no other", async () => {
    const house = await boostedHouse();
    const other = await runningApp({ brokerUrl: house.url });
    await waitFor(async () => {
      await other.pass(1_000);
      return other.lines().some((line) => line.includes("another Heatloop announces"));
    }, "the other one has seen the first");
    await house.ask("30");
    await waitFor(async () => {
      await house.pass(1_000);
      return house.lines().some((line) => line.includes("boosts"));
    }, "the first one boosts");
    await other.pass(minuteMs);
    await house.pass(minuteMs);
    await house.received.settled();
    await house.hasSent("ON");
    expect(other.lines().filter((line) => line.includes("boost"))).toEqual([]);
  }, 60_000);
});
