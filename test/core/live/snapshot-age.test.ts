import type { PointId } from "@heatloop/core/catalogue/points";
import type { Reading, Value } from "@heatloop/core/catalogue/reading";
import { type Snapshot, startSnapshot } from "@heatloop/core/live/snapshot";
import { beforeEach, describe, expect, test } from "vitest";

let snapshot: Snapshot;
let trusted: Value[];

beforeEach(() => {
  snapshot = startSnapshot("p");
  trusted = [];
});

function publish(point: PointId | "online", value: Value, at: number): void {
  snapshot.take({ device: "p", point, value, at } as Reading, false, (reading) => trusted.push(reading.value));
}

describe("age", () => {
  test.each<[PointId, number]>([
    ["flow_temperature", 31_500],
    ["wifi_signal", 15_000],
    ["controller_date", 180_000],
  ])("%s holds for three of its publications, %i ms", (point, ms) => {
    publish("online", true, 0);
    publish(point, 1, 0);
    for (let at = 0; at < ms; at += 10_000) publish("operating_runtime", 5, at);
    expect(snapshot.value(point, ms)).toBe(1);
    expect(snapshot.value(point, ms + 1)).toBeNull();
  });

  test("a value published on change holds as long as the device publishes anything", () => {
    publish("online", true, 0);
    publish("compressor", true, 0);
    publish("flow_rate", 18, 3_600_000);
    expect(snapshot.value("compressor", 3_660_000)).toBe(true);
    expect(snapshot.value("compressor", 3_660_001)).toBeNull();
  });

  test("a value from a clock that was set back an hour is not kept for that hour", () => {
    publish("flow_temperature", 35, 7_200_000);
    expect(snapshot.value("flow_temperature", 3_600_000)).toBeNull();
    publish("flow_temperature", 36, 3_600_000);
    expect(snapshot.value("flow_temperature", 3_600_000)).toBe(36);
  });
});

describe("a sensor that is not fitted", () => {
  test("is unknown while it shows its constant, and known once it has shown anything else", () => {
    publish("online", true, 0);
    publish("mixing_tank_temperature", 25, 1);
    publish("mixing_tank_temperature", 25, 2);
    expect(snapshot.value("mixing_tank_temperature", 2)).toBeNull();
    publish("mixing_tank_temperature", 25.5, 3);
    publish("mixing_tank_temperature", 25, 4);
    expect(snapshot.value("mixing_tank_temperature", 4)).toBe(25);
    expect(trusted.slice(1)).toEqual([null, null, 25.5, 25]);
  });

  test("does not touch sensors for which 25.0 is a temperature like any other", () => {
    publish("flow_temperature", 25, 0);
    expect(snapshot.value("flow_temperature", 0)).toBe(25);
  });
});
