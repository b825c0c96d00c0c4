import { deviceId } from "@heatloop/core/catalogue/prefix";
import { type DeviceEvent, eventTopic } from "@heatloop/mqtt-discovery/device-triggers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { bathroom, bedroom, type FedHouse, home, kitchen, livingRoom, startFedHouse } from "./fed-house.ts";

const allUsed = /^All 3 rooms are used\.$/;
const ownThermostat = /the heat pump uses its own room thermostat/;

describe.skipIf(!hasHomeAssistant())("the room feed, with thermostats in Home Assistant", () => {
  let house: FedHouse;

  /** What begins automations: the room feed's events so far. */
  const events = () =>
    house.messages.all
      .filter(({ topic }) => topic === eventTopic(deviceId(home.prefix)))
      .map(({ payload }) => (JSON.parse(payload) as DeviceEvent).event)
      .filter((event) => event.startsWith("room_feed"));

  beforeAll(async () => {
    house = await startFedHouse();
  }, 300_000);

  afterAll(async () => {
    await house?.close();
  });

  test("is off as long as there are no rooms", async () => {
    await house.waitForFeed("off", /^No rooms are set for this zone\.$/);
    expect(house.temperatureCommands()).toEqual([]);
  });

  test("leaves out a thermostat that reports twice the temperature, and names the remedy", async () => {
    await house.program.changeSettings({
      rooms: [livingRoom, bedroom, kitchen],
      room_feed: { max_c: 45, hold_min: 60 },
    });
    await house.waitForFeed(
      "degraded",
      /2 of 3 rooms used: Bedroom reports 4\d\.\d °C, near twice .* set its factor to 0\.5/,
    );
    await house.waitForMeanOf("living_room", "kitchen");
    await house.program.changeSettings({ rooms: [livingRoom, { ...bedroom, scale: 0.5 }, kitchen] });
    await house.waitForFeed("ok", allUsed);
  });

  test("feeds the heat pump with the mean of its rooms", async () => {
    house.set({ bedroom: "normal" });
    await house.program.changeSettings({ rooms: [livingRoom, bedroom, kitchen] });
    await house.waitForFeed("ok", allUsed);
    await house.waitForMeanOf("living_room", "bedroom", "kitchen");
    const isShown = async () => {
      const [shown] = await house.shownAndPublished(home, "room_feedback_zone_1");
      return shown === Number(house.fedC().toFixed(1));
    };
    await waitFor(isShown, "Home Assistant shows what the heat pump is fed");
    await waitFor(async () => (await house.feed()).confirmed, "the heat pump confirms it");
  });

  test("goes on without a room that is unavailable, and without one that jumps", async () => {
    house.set({ bedroom: "unavailable" });
    await house.waitForFeed("degraded", /^2 of 3 rooms used: Bedroom is unavailable\.$/);
    await house.waitForMeanOf("living_room", "kitchen");
    house.set({ bedroom: "jump" });
    await house.waitForFeed("degraded", /Bedroom jumped from \d+\.\d to \d+\.\d °C, faster than a room changes/);
    house.set({ bedroom: "normal" });
    await house.waitForFeed("ok", allUsed);
    await house.waitForMeanOf("living_room", "bedroom", "kitchen");
  });

  test("goes on while Home Assistant is away, until what it knows is too old, and comes back with it", async () => {
    await house.cutOff();
    await house.waitForFeed("ok", /^Home Assistant cannot be reached; all 3 rooms are used\.$/);
    // The thermostats go on reporting, but the program cannot know.
    house.set({ living_room: "normal", bedroom: "normal", kitchen: "normal" });
    await house.program.changeSettings({ room_feed: { max_age_min: 1, hold_min: 0.05 } });
    await house.waitForFeed("fallback", /^Home Assistant cannot be reached; [01] of 3 rooms usable/, 90_000);
    expect(house.source()).toBe("room_thermostat");
    await house.connectAgain();
    await waitFor(() => house.program.isConnectedToHomeAssistant(), "the program is connected again", 70_000);
    house.set({ living_room: "normal", bedroom: "normal", kitchen: "normal" });
    await house.waitForFeed("ok", allUsed);
    await waitFor(() => house.source() === "home_assistant", "the heat pump takes the fed temperature again");
    await house.program.changeSettings({ room_feed: { max_age_min: 60, hold_min: 60 } });
  }, 200_000);

  test("holds without a quorum, then lets the heat pump use its own room thermostat", async () => {
    house.set({ bedroom: "unavailable", kitchen: "unavailable" });
    await house.waitForFeed(
      "holding",
      /^1 of 3 rooms usable, 2 needed: .*; the heat pump keeps the last temperature it was/,
    );
    const lastC = house.fedC();
    expect(house.source()).toBe("home_assistant");
    await house.program.changeSettings({ room_feed: { hold_min: 0.2 } });
    await house.waitForFeed("fallback", ownThermostat);
    expect([house.fedC(), house.source()]).toEqual([lastC, "room_thermostat"]);
    await waitFor(() => events().at(-1) === "room_feed_fallback", "automations hear of it");
    await house.waitForShown(home, "room_source_zone_1", "Room thermostat");
  });

  test("comes back by itself: the temperature first, then the source", async () => {
    const commands = house.messages.commands().length;
    house.set({ bedroom: "normal" });
    await house.waitForFeed("degraded", /^2 of 3 rooms used: Kitchen is unavailable\.$/);
    expect(house.source()).toBe("home_assistant");
    // The listener may hear of a command after the heat pump.
    const sent = () => house.messages.commands().slice(commands);
    await waitFor(() => sent().length >= 2, "both commands are heard");
    const [first, second] = sent();
    expect(first?.topic).toBe(house.temperatureCommands().at(-1)?.topic);
    expect(second).toBe(house.sourceCommands().at(-1));
    await waitFor(() => events().at(-1) === "room_feed_restored", "automations hear of it");
    house.set({ kitchen: "normal" });
    await house.waitForFeed("ok", allUsed);
  });

  test("leaves a source that a person set back while it was fallen back", async () => {
    await house.program.changeSettings({ room_feed: { hold_min: 0.05 } });
    house.set({ bedroom: "unavailable", kitchen: "unavailable" });
    await house.waitForFeed("fallback", ownThermostat);
    const commands = house.sourceCommands().length;
    await house.call(home, "room_source_zone_1", "select_option", { option: "Home Assistant" });
    await house.waitForFeed("holding", /someone set its source back to Home Assistant, so it is left there/);
    house.set({ bedroom: "normal", kitchen: "normal" });
    await house.waitForFeed("ok", allUsed);
    expect(house.sourceCommands()).toHaveLength(commands + 1);
  });

  test("leaves a source that a person chose, and explains that it has no effect", async () => {
    const commands = house.sourceCommands().length;
    await house.call(home, "room_source_zone_1", "select_option", { option: "Room thermostat" });
    await house.waitForFeed(
      "ok",
      /uses its own room thermostat, as someone chose, so the temperature that is sent has no effect/,
    );
    house.set({ bedroom: "unavailable", kitchen: "unavailable" });
    await house.waitForFeed("fallback", ownThermostat);
    house.set({ bedroom: "normal", kitchen: "normal" });
    await house.waitForFeed("ok", /as someone chose/);
    await house.call(home, "room_source_zone_1", "select_option", { option: "Home Assistant" });
    await house.waitForFeed("ok", allUsed);
    expect(house.sourceCommands()).toHaveLength(commands + 2);
  });

  test("hands back to the heat pump's own thermostat where sending is turned off, and computes and shows only", async () => {
    await house.program.changeSettings({ room_feed: { send: false } });
    // What a person set just now is not overwritten at once, so it may take half a minute.
    await house.waitForFeed("ok", /uses its own room thermostat; nothing is sent, since sending is turned/, 60_000);
    expect(house.source()).toBe("room_thermostat");
    await house.waitForShown(home, "room_source_zone_1", "Room thermostat");
    const commands = house.messages.commands().length;
    house.set({ bedroom: "unavailable" });
    await house.waitForFeed("degraded", /Bedroom is unavailable; .*nothing is sent/);
    expect((await house.feed()).temperature_c).not.toBeCloseTo(house.fedC(), 1);
    house.set({ kitchen: "unavailable" });
    await house.waitForFeed("fallback", /uses its own room thermostat; nothing is sent/);
    expect(house.messages.commands()).toHaveLength(commands);
    house.set({ bedroom: "normal", kitchen: "normal" });
    await house.program.changeSettings({ room_feed: { send: true } });
    await house.waitForFeed("ok", allUsed);
    await house.waitForMeanOf("living_room", "bedroom", "kitchen");
    await waitFor(() => house.source() === "home_assistant", "the heat pump takes the fed temperature again", 60_000);
  }, 240_000);

  test("leaves out a thermostat that has fallen silent", async () => {
    house.set({ living_room: "normal", kitchen: "normal" });
    await house.program.changeSettings({ rooms: [livingRoom, bathroom, kitchen], room_feed: { max_age_min: 1 } });
    await house.waitForFeed("degraded", /^2 of 3 rooms used: Bathroom has not reported for over 1 min\.$/, 60_000);
  }, 90_000);

  test("in all this nothing was sent that the healthy rooms had not reported", () => {
    const temperatures = house.messages.all
      .filter(({ topic }) => /-thermostats\/\w+\/temperature$/.test(topic))
      .map(({ payload }) => Number(payload))
      .filter((temperatureC) => temperatureC < 25);
    const sent = house.temperatureCommands();
    expect(sent.length).toBeGreaterThan(5);
    for (const { payload, retain } of sent) {
      expect(retain).toBe(false);
      expect(Number(payload)).toBeGreaterThanOrEqual(Math.min(...temperatures));
      expect(Number(payload)).toBeLessThanOrEqual(Math.max(...temperatures));
    }
    expect(house.sourceCommands().filter(({ retain }) => retain)).toEqual([]);
    expect(house.homeAssistant.complaints(/components\.mqtt|ecodan|heatloop/i)).toEqual([]);
  });
});
