import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { bandEntities, trackOf } from "@heatloop/lovelace-card/record/operation-track";
import { describe, expect, it } from "vitest";
import {
  type FakeDevice,
  fakeHome,
  firmwareDevice,
  type HomeOptions,
  heatloopDevice,
} from "#test/lovelace-card/support/fake-home.ts";

function sourceOf(states: NonNullable<HomeOptions["states"]>, device: FakeDevice = heatloopDevice("home")) {
  const { hass } = fakeHome([device], { states });
  return { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
}

describe("the stripes of a firmware without Heatloop", () => {
  it("come from its own signs, in its own language", () => {
    const device = firmwareDevice("de", "api");
    const source = sourceOf(
      {
        compressor: "on",
        operation_mode: "Warmwasser",
        defrost: "off",
        compressor_frequency: "40",
        three_way_valve: "on",
      },
      device,
    );
    expect(bandEntities(source)).toEqual(["operation_mode", "compressor", "defrost", "three_way_valve"]);
    const id = (name: "compressor" | "operation_mode" | "defrost") => source.entities.get(name) ?? "";
    const track = trackOf(
      {
        [id("compressor")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 10 },
          { s: "off", lu: 50 },
        ],
        [id("operation_mode")]: [
          { s: "Warmwasser", lu: 0 },
          { s: "Heizen", lu: 30 },
        ],
        [id("defrost")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 40 },
          { s: "off", lu: 45 },
        ],
      },
      source,
    );
    expect(track.spans("hot_water", 60_000)).toEqual([{ from: 10_000, to: 30_000 }]);
    expect(track.spans("defrost", 60_000)).toEqual([{ from: 40_000, to: 45_000 }]);
    expect(track.spans("lockout", 60_000)).toEqual([]);
  });

  it("begin when a state changed, not when it was last updated", () => {
    const source = sourceOf({ defrost: "off", compressor: "on" }, firmwareDevice("de", "api"));
    const id = (name: "compressor" | "defrost") => source.entities.get(name) ?? "";
    const track = trackOf(
      {
        [id("compressor")]: [{ s: "on", lu: 0 }],
        [id("defrost")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 45, lc: 40 },
          { s: "off", lu: 50 },
        ],
      },
      source,
    );
    expect(track.spans("defrost", 60_000)).toEqual([{ from: 40_000, to: 50_000 }]);
  });

  it("show a lock-out beside the operation", () => {
    const source = sourceOf({ operation: "standby", short_cycle_lockout: "off" });
    const id = (name: "operation" | "short_cycle_lockout") => source.entities.get(name) ?? "";
    const track = trackOf(
      {
        [id("operation")]: [{ s: "hot_water", lu: 0 }],
        [id("short_cycle_lockout")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 20 },
          { s: "off", lu: 30 },
        ],
      },
      source,
    );
    expect(track.spans("lockout", 60_000)).toEqual([{ from: 20_000, to: 30_000 }]);
    expect(track.spans("hot_water", 60_000)).toEqual([{ from: 0, to: 60_000 }]);
  });
});

describe("the stripes of all that a heat pump does", () => {
  it("are not seen where the operation is not known, or nothing is there", () => {
    const source = sourceOf({ operation: "standby" });
    const states = ["heating", "unknown", "unavailable", "standby", "cooling", "defrost"];
    const rows = states.map((s, index) => ({ s, lu: index * 10 }));
    const track = trackOf({ [source.entities.get("operation") ?? ""]: rows }, source);
    const names = ["heating", "not_seen", "standby", "cooling", "defrost", "hot_water"] as const;
    expect(names.map((name) => track.spans(name, 60_000).map(({ from, to }) => [from / 1000, to / 1000]))).toEqual([
      [[0, 10]],
      [[10, 30]],
      [[30, 40]],
      [[40, 50]],
      [[50, 60]],
      [],
    ]);
  });
});
