import { readFile } from "node:fs/promises";
import { type TransitionKind, transitionKinds } from "@heatloop/core/live/transition";
import { deviceTriggers, eventOf } from "@heatloop/mqtt-discovery/device-triggers";
import { describe, expect, test } from "vitest";

describe("the device triggers of a heat pump", () => {
  test.each([
    ["fault", "none", "E6 0001", "fault"],
    ["fault", "E6 0001", "P6 1234", "fault"],
    ["fault", "P6 1234", "none", "fault_cleared"],
    ["online", "online", "offline", "offline"],
    ["online", "offline", "online", "online"],
    ["defrost", "off", "on", "defrost_started"],
    ["defrost", "on", "off", "defrost_ended"],
    ["compressor", "off", "on", "compressor_started"],
    ["compressor", "on", "off", "compressor_stopped"],
    ["hot_water", "off", "on", "hot_water_started"],
    ["hot_water", "on", "off", "hot_water_ended"],
    ["room_feed", "holding", "fallback", "room_feed_fallback"],
    ["room_feed", "fallback", "ok", "room_feed_restored"],
    ["room_feed", "fallback", "degraded", "room_feed_restored"],
    ["room_feed", "fallback", "off", undefined],
    ["room_feed", "ok", "degraded", undefined],
    ["operation", "heating", "defrost", undefined],
    ["lockout", "off", "on", undefined],
  ] as const)("%s from %s to %s is %s", (kind: TransitionKind, from, to, event) => {
    expect(eventOf(kind, from, to)).toBe(event);
  });

  test("each is told from the others by its payload, and by what a person reads", () => {
    const triggers = Object.values(deviceTriggers("pump", true));
    expect(new Set(triggers.map(({ payload }) => payload)).size).toBe(triggers.length);
    expect(new Set(triggers.map(({ type, subtype }) => `${subtype} ${type}`)).size).toBe(triggers.length);
    expect(new Set(triggers.map(({ topic }) => topic))).toEqual(new Set(["heatloop/pump/event"]));
  });

  test("every event that a change can be has its trigger", () => {
    const states = ["on", "off", "none", "E6 0001", "online", "offline", "ok", "fallback"];
    const events = transitionKinds.flatMap((kind) =>
      states.flatMap((from) => states.flatMap((to) => eventOf(kind, from, to) ?? [])),
    );
    const payloads = Object.values(deviceTriggers("pump", true)).map(({ payload }) => payload);
    expect(new Set(events)).toEqual(new Set(payloads));
  });

  test("docs/home-assistant.md has every event", async () => {
    const page = await readFile(new URL("../../docs/home-assistant.md", import.meta.url), "utf8");
    for (const { payload } of Object.values(deviceTriggers("pump", true))) expect(page).toContain(`\`${payload}\``);
  });

  test("those of the room feed are there where the heat pump takes a room temperature", () => {
    expect(Object.keys(deviceTriggers("pump", false)).filter((id) => id.includes("room_feed"))).toEqual([]);
  });
});
