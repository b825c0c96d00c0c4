import { tabAfter } from "@heatloop/lovelace-card/card/card-tabs";
import { startGestures } from "@heatloop/lovelace-card/card/gestures";
import type { Gesture } from "@heatloop/lovelace-card/home-assistant/config";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { callOf, stepped, type TemperatureItem } from "@heatloop/lovelace-card/look/control-item";
import { nextPending, type Pending, settled, shownOf } from "@heatloop/lovelace-card/look/pending";
import { controlItems, questionOf } from "@heatloop/lovelace-card/views/control/control-items";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { fakeHome, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

function itemsOf(states: Parameters<typeof fakeHome>[1] = { states: running }, zones: 1 | 2 = 1) {
  const device = heatloopDevice("home", undefined);
  const { hass } = fakeHome([device], states);
  const entities = new Map(
    [...heatPumpFrom(device.device, device.entities).entities].filter(([id]) => zones === 2 || !id.includes("zone_2")),
  );
  return controlItems({ states: hass.states, entities }, allTexts.de);
}

describe("the settings", () => {
  it("are those that the heat pump has, in the person's language", () => {
    expect(itemsOf().map(({ label, value }) => [label, value])).toEqual([
      ["Raum-Solltemperatur", 21],
      ["Warmwasser-Solltemperatur", 50],
      ["Warmwasserbetrieb", "Eco"],
      ["Warmwasser-Boost", false],
      ["Betriebsart", "Heat flow temperature"],
      ["Urlaub", false],
      ["Wärmepumpe", true],
    ]);
    const mode = itemsOf().find(({ id }) => id === "zone_1_operating_mode");
    expect(mode?.kind === "choice" && mode.options.map(({ label }) => label)).toEqual([
      "Heizen: Raum",
      "Heizen: Vorlauf",
      "Heizen: Heizkurve",
      "Kühlen: Raum",
      "Kühlen: Vorlauf",
      "Estrichtrocknung",
      "Kühlen: Heizkurve",
    ]);
  });

  it("have a flow set-point only where neither auto-adaptive nor the curve writes it", () => {
    const has = (auto_adaptive: string, mode: string) =>
      itemsOf({ states: { ...running, auto_adaptive, zone_1_operating_mode: [mode, { options: [mode] }] } }).some(
        ({ id }) => id === "zone_1_flow_climate",
      );
    expect(has("off", "Heat flow temperature")).toBe(true);
    expect(has("on", "Heat flow temperature")).toBe(false);
    expect(has("off", "Heat compensation curve")).toBe(false);
  });

  it("are named by zone where there are two", () => {
    const labels = itemsOf({ states: { ...running, zone_2_room_climate: ["auto", { temperature: 19 }] } }, 2).map(
      ({ label }) => label,
    );
    expect(labels).toContain("Raum-Solltemperatur · Zone 1");
    expect(labels).toContain("Raum-Solltemperatur · Zone 2");
  });

  it("are not known where Home Assistant does not know them", () => {
    const states = {
      dhw_mode: ["unknown", { options: ["Normal", "Eco"] }],
      force_dhw: "unknown",
      dhw_climate: "unknown",
    } as const;
    expect(itemsOf({ states }).map(({ value }) => value)).toEqual([null, null, null]);
  });

  it.each([
    ["force_dhw", true, "ask_boost"],
    ["force_dhw", false, undefined],
    ["holiday_mode", true, undefined],
    ["heat_pump_power", false, "ask_power_off"],
    ["zone_1_operating_mode", "Floor dry up", "ask_mode"],
    ["dhw_mode", "Normal", "ask_hot_water_normal"],
    ["dhw_mode", "Eco", undefined],
    ["dhw_climate", 55, undefined],
    ["dhw_climate", 55.5, "ask_hot_water"],
    ["zone_1_room_climate", 23, undefined],
  ] as const)("ask before they cost money: %s to %s", (id, value, expected) => {
    const item = itemsOf().find((each) => each.id === id);
    expect(item && questionOf(item, value, "°C")?.ask).toBe(expected);
  });

  it.each([
    ["dhw_climate", 51, ["climate", "set_temperature", { temperature: 51 }]],
    ["dhw_mode", "Normal", ["select", "select_option", { option: "Normal" }]],
    ["force_dhw", true, ["switch", "turn_on", {}]],
    ["force_dhw", false, ["switch", "turn_off", {}]],
  ] as const)("are set by a service: %s to %s", (id, value, [domain, service, data]) => {
    const item = itemsOf().find((each) => each.id === id);
    expect(item && callOf(item, value)).toEqual({ domain, service, data });
  });

  it("step on a grid and within their range", () => {
    const item = itemsOf().find(({ id }) => id === "zone_1_room_climate") as TemperatureItem;
    expect(stepped(item, 21, 1)).toBe(21.5);
    expect(stepped(item, 21.3, 1)).toBe(21.5);
    expect(stepped(item, 21.3, -1)).toBe(21);
    expect(stepped(item, 28, 1)).toBe(28);
    void fc.assert(
      fc.property(
        fc.double({ min: 8, max: 28, noNaN: true }),
        fc.constantFrom(1 as const, -1 as const),
        (from, way) => {
          const next = stepped(item, from, way);
          expect(next).toBeGreaterThanOrEqual(8);
          expect(next).toBeLessThanOrEqual(28);
          expect(Math.abs(next - from)).toBeLessThanOrEqual(0.51);
        },
      ),
    );
  });
});

describe("a change of a setting", () => {
  const sending: Pending<number> = { kind: "sending", value: 22, until: 30_000 };

  it("is collected while more presses follow, then sent", () => {
    const first = nextPending<number>(settled, { kind: "chosen", value: 21.5, at: 0, ask: false, more: true });
    const second = nextPending(first, { kind: "chosen", value: 22, at: 600, ask: false, more: true });
    expect(nextPending(second, { kind: "reported", value: 21, at: 1_500 })).toBe(second);
    expect(nextPending(second, { kind: "reported", value: 21, at: 1_600 })).toMatchObject({
      kind: "sending",
      value: 22,
    });
  });

  it("waits for a yes where it costs money", () => {
    const asking = nextPending<number>(settled, { kind: "chosen", value: 58, at: 0, ask: true, more: true });
    expect(asking).toEqual({ kind: "asking", value: 58 });
    expect(nextPending(asking, { kind: "reported", value: 50, at: 99_000 })).toBe(asking);
    expect(nextPending(asking, { kind: "confirmed", at: 5 })).toMatchObject({ kind: "sending", value: 58 });
    expect(nextPending(asking, { kind: "cancelled" })).toEqual(settled);
  });

  it("is shown until the heat pump reports it", () => {
    expect(shownOf(sending, 21)).toBe(22);
    expect(nextPending(sending, { kind: "reported", value: 21, at: 10_000 })).toBe(sending);
    expect(nextPending(sending, { kind: "reported", value: 22, at: 10_000 })).toEqual(settled);
  });

  it.each([
    [71, 71.1, "settled"],
    [71, 70, "sending"],
  ])("to %d is taken where the heat pump, that counts in tenths of °C, reports %d: %s", (value, reported, kind) => {
    const change: Pending<number> = { kind: "sending", value, until: 30_000 };
    expect(nextPending(change, { kind: "reported", value: reported, at: 1 }).kind).toBe(kind);
  });

  it("gives way to what the heat pump really reports when it is not taken, and shows that for a while", () => {
    const late = nextPending(sending, { kind: "reported", value: 21, at: 30_000 });
    expect(late.kind).toBe("not_taken");
    expect(shownOf(late, 21)).toBe(21);
    expect(nextPending(late, { kind: "reported", value: 21, at: 60_000 })).toEqual(settled);
  });

  it("ends with Home Assistant's reason where it refuses", () => {
    const refused = nextPending(sending, { kind: "refused", reason: "no", at: 100 });
    expect(refused).toMatchObject({ kind: "refused", reason: "no" });
    expect(shownOf(refused, 21)).toBe(21);
  });
});

describe("tabs", () => {
  const names = ["now", "energy", "control"];
  it.each([
    ["ArrowRight", "now", false, "energy"],
    ["ArrowRight", "control", false, "now"],
    ["ArrowLeft", "now", false, "control"],
    ["ArrowLeft", "now", true, "energy"],
    ["ArrowRight", "now", true, "control"],
    ["Home", "control", false, "now"],
    ["End", "now", false, "control"],
    ["x", "now", false, undefined],
  ] as const)("lead with %s from %s (right to left: %s) to %s", (key, selected, rightToLeft, expected) => {
    expect(tabAfter(key, names, selected, rightToLeft)).toBe(expected);
  });
});

describe("gestures", () => {
  function watched(has: readonly Gesture[]) {
    const clock = simulatedClock(0);
    const acted: Gesture[] = [];
    const gestures = startGestures({ clock, has: (one) => has.includes(one), act: (one) => acted.push(one) });
    return { clock, acted, gestures };
  }

  it("are a tap at once where no double tap is wanted", () => {
    const { acted, gestures } = watched([]);
    gestures.down();
    gestures.click(false);
    gestures.click(false);
    expect(acted).toEqual(["tap", "tap"]);
  });

  it("are a double tap within a quarter of a second, else a tap", () => {
    const { acted, gestures, clock } = watched(["double_tap"]);
    gestures.click(false);
    clock.advanceTo(200);
    gestures.click(false);
    clock.advanceTo(1_000);
    gestures.click(false);
    clock.advanceTo(2_000);
    expect(acted).toEqual(["double_tap", "tap"]);
  });

  it("are a hold after half a second, where one is wanted, and the click that follows is none", () => {
    const { acted, gestures, clock } = watched(["hold"]);
    gestures.down();
    clock.advanceTo(499);
    expect(acted).toEqual([]);
    clock.advanceTo(500);
    expect(acted).toEqual(["hold"]);
    gestures.click(false);
    expect(acted).toEqual(["hold"]);
    gestures.click(true);
    expect(acted).toEqual(["hold", "tap"]);
  });

  it("are no hold when the finger leaves early", () => {
    const { acted, gestures, clock } = watched(["hold"]);
    gestures.down();
    gestures.up();
    clock.advanceTo(1_000);
    gestures.click(true);
    expect(acted).toEqual(["tap"]);
  });

  it("end with the card", () => {
    const { acted, gestures, clock } = watched(["double_tap"]);
    gestures.click(false);
    gestures.stop();
    clock.advanceTo(1_000);
    expect(acted).toEqual([]);
  });
});
