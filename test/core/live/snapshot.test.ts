import { holdS, type PointId } from "@heatloop/core/catalogue/points";
import type { Reading, Value } from "@heatloop/core/catalogue/reading";
import { type Snapshot, startSnapshot } from "@heatloop/core/live/snapshot";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

let snapshot: Snapshot;
let trusted: [string, Value, number][];

beforeEach(() => {
  snapshot = startSnapshot("p");
  trusted = [];
});

function take(point: PointId | "online", value: Value, at: number, retained: boolean): void {
  const reading = { device: "p", point, value, at } as Reading;
  snapshot.take(reading, retained, (r) => trusted.push([r.point, r.value, r.at]));
}
const live = (point: PointId | "online", value: Value, at: number) => take(point, value, at, false);
const retained = (point: PointId | "online", value: Value, at: number) => take(point, value, at, true);

describe("a retained value", () => {
  test("of a polled point is unknown until the online device has reported it live", () => {
    retained("flow_temperature", 35, 0);
    retained("online", true, 1);
    live("return_temperature", 30, 2);
    expect(snapshot.value("flow_temperature", 2)).toBeNull();
    live("flow_temperature", 36, 3);
    expect(snapshot.value("flow_temperature", 3)).toBe(36);
    expect(trusted).toEqual([
      ["online", true, 1],
      ["return_temperature", 30, 2],
      ["flow_temperature", 36, 3],
    ]);
  });

  test.each([
    ["before", [0, 1]],
    ["after", [1, 0]],
  ])(
    "published on change is trusted with the first live message, when it came %s online",
    (_when, [reported, online]) => {
      const steps = [() => retained("compressor", true, 0), () => retained("online", true, 0)];
      steps[reported ?? 0]?.();
      steps[online ?? 0]?.();
      expect(snapshot.value("compressor", 1)).toBeNull();
      live("flow_rate", 18, 2);
      expect(snapshot.value("compressor", 2)).toBe(true);
      expect(trusted.slice(1)).toEqual([
        ["compressor", true, 2],
        ["flow_rate", 18, 2],
      ]);
    },
  );

  test("published on change, of a device that has published live, is current", () => {
    retained("online", true, 0);
    live("flow_rate", 18, 1);
    retained("compressor", true, 2);
    expect(snapshot.value("compressor", 2)).toBe(true);
  });

  test("of a polled point does not make its value younger when the broker sends it again", () => {
    retained("online", true, 0);
    live("flow_temperature", 35, 0);
    live("wifi_signal", -60, 40_000);
    retained("flow_temperature", 34, 40_000);
    expect(snapshot.value("flow_temperature", 40_000)).toBeNull();
    expect(trusted).toHaveLength(3);
  });

  test("sent again after our own connection was away is trusted with the next live message", () => {
    retained("online", true, 0);
    live("compressor", true, 0);
    retained("compressor", false, 300_000);
    expect(snapshot.value("compressor", 300_000)).toBeNull();
    live("flow_rate", 0, 300_001);
    expect(snapshot.value("compressor", 300_001)).toBe(false);
    expect(trusted.slice(2)).toEqual([
      ["compressor", false, 300_001],
      ["flow_rate", 0, 300_001],
    ]);
  });

  test("of a device that is offline is unknown", () => {
    retained("compressor", true, 0);
    retained("online", false, 0);
    live("flow_rate", 18, 1);
    expect(snapshot.value("compressor", 1)).toBeNull();
    expect(snapshot.value("flow_rate", 1)).toBeNull();
    expect(trusted).toEqual([["online", false, 0]]);
  });

  test("from before the device came online live is never trusted: the firmware publishes every state again", () => {
    retained("compressor", true, 0);
    retained("online", false, 0);
    live("online", true, 5);
    live("flow_rate", 0, 6);
    expect(snapshot.value("compressor", 6)).toBeNull();
    live("compressor", false, 7);
    expect(trusted.slice(2)).toEqual([
      ["flow_rate", 0, 6],
      ["compressor", false, 7],
    ]);
  });
});

describe("going offline", () => {
  test("makes every value unknown, and coming back makes known what is published again", () => {
    live("online", true, 0);
    live("compressor", true, 1);
    live("flow_temperature", 35, 1);
    live("online", false, 2);
    expect(snapshot.online(2)).toBe(false);
    expect([...snapshot.points(3).values()].map(({ value }) => value)).toEqual([null, null]);
    live("online", true, 4);
    expect(snapshot.value("compressor", 4)).toBeNull();
    live("flow_temperature", 33, 5);
    expect(snapshot.value("compressor", 5)).toBeNull();
    live("compressor", false, 6);
    expect(snapshot.value("compressor", 6)).toBe(false);
    expect(trusted.filter(([point]) => point === "compressor")).toEqual([
      ["compressor", true, 1],
      ["compressor", false, 6],
    ]);
  });

  test("and staying online are each handed on once", () => {
    for (const value of [true, true, false, false, true]) live("online", value, 0);
    expect(trusted.map(([, value]) => value)).toEqual([true, false, true]);
  });

  test("is not the same as coming online for the first time, which takes nothing live away", () => {
    live("compressor", true, 0);
    live("online", true, 1);
    live("flow_rate", 18, 2);
    expect(snapshot.value("compressor", 2)).toBe(true);
    expect(trusted).toHaveLength(3);
  });

  test("is not the same as never having published anything", () => {
    expect(snapshot.online(0)).toBeNull();
    live("flow_rate", 18, 0);
    expect(snapshot.value("flow_rate", 0)).toBe(18);
    expect(snapshot.value("return_temperature", 0)).toBeNull();
    expect([...snapshot.points(0).keys()]).toEqual(["flow_rate"]);
  });
});

describe("a device that has no status topic", () => {
  const s = 1000;
  test("counts as online while it publishes", () => {
    retained("flow_rate", 18, 0);
    expect([snapshot.status(), snapshot.online(0)]).toEqual([null, null]);
    live("flow_rate", 18, 10 * s);
    expect([snapshot.status(), snapshot.online(70 * s), snapshot.online(71 * s)]).toEqual([null, true, false]);
  });

  test("has its states that are published on change trusted once it has published long enough to have sent them again", () => {
    retained("compressor", true, 0);
    live("flow_rate", 18, 1 * s);
    live("flow_rate", 18, 11 * s);
    expect(snapshot.value("compressor", 11 * s)).toBeNull();
    live("flow_rate", 18, 22 * s);
    expect(snapshot.value("compressor", 22 * s)).toBe(true);
    expect(trusted.at(-2)).toEqual(["compressor", true, 22 * s]);
  });

  test("that was away has only those states trusted that it publishes again", () => {
    live("compressor", true, 0);
    live("flow_rate", 18, 20 * s);
    live("flow_rate", 0, 3600 * s);
    expect(snapshot.value("compressor", 3600 * s)).toBeNull();
    live("compressor", false, 3601 * s);
    live("flow_rate", 0, 3620 * s);
    expect(snapshot.value("compressor", 3620 * s)).toBe(false);
  });

  test("that was without power has no state trusted that it does not publish again, and that is passed on", () => {
    live("compressor", true, 0);
    live("operation_mode", "heating", 0);
    live("flow_rate", 18, 20 * s);
    for (let at = 3600 * s; at < 3700 * s; at += 10 * s) live("flow_rate", 0, at);
    live("operation_mode", "off", 3700 * s);
    expect([snapshot.value("compressor", 3700 * s), snapshot.value("operation_mode", 3700 * s)]).toEqual([null, "off"]);
    expect(trusted.filter(([point]) => point === "compressor")).toEqual([
      ["compressor", true, 0],
      ["compressor", null, 3600 * s],
    ]);
  });

  test("has the states trusted that the broker sends again after our own connection was away", () => {
    live("flow_rate", 18, 0);
    live("compressor", true, 0);
    retained("operation_mode", "heating", 300 * s);
    retained("compressor", false, 300 * s);
    for (let at = 301 * s; at < 320 * s; at += 9 * s) live("flow_rate", 0, at);
    expect(snapshot.value("operation_mode", 320 * s)).toBe("heating");
    expect(snapshot.value("compressor", 320 * s)).toBe(false);
  });
});

describe("a status topic that stays at offline", () => {
  const s = 1000;
  const reportFlow = (from: number, to: number) => {
    for (let at = from; at <= to; at += 10 * s) live("flow_rate", 18, at);
  };

  test.each([
    ["it is a retained message", retained],
    ["it is the late last will of an earlier connection", live],
  ])("because %s, is overruled by a minute in which the device publishes", (_why, publish) => {
    publish("online", false, 0);
    reportFlow(1 * s, 51 * s);
    live("compressor", true, 52 * s);
    expect([snapshot.online(52 * s), snapshot.value("flow_rate", 52 * s)]).toEqual([false, null]);
    reportFlow(61 * s, 71 * s);
    expect([snapshot.online(71 * s), snapshot.value("flow_rate", 71 * s)]).toEqual([true, 18]);
    expect(snapshot.value("compressor", 71 * s)).toBe(true);
    expect([snapshot.isStatusWrong(), snapshot.status()]).toEqual([true, null]);
    expect(trusted.filter(([point]) => point === "online")).toEqual([
      ["online", false, 0],
      ["online", true, 61 * s],
    ]);
    retained("online", false, 72 * s);
    expect([snapshot.online(72 * s), snapshot.online(132 * s)]).toEqual([true, false]);
  });

  test("holds while the device publishes only now and then, and when it is published again", () => {
    live("online", false, 0);
    for (let at = 0; at < 1000 * s; at += 100 * s) live("flow_rate", 18, at);
    expect(snapshot.online(1000 * s)).toBe(false);
    reportFlow(1001 * s, 1071 * s);
    expect(snapshot.online(1071 * s)).toBe(true);
    live("online", false, 1072 * s);
    reportFlow(1073 * s, 1083 * s);
    expect([snapshot.online(1083 * s), snapshot.isStatusWrong()]).toEqual([false, false]);
  });
});

test("a value is the one reported last, and is lost only by age, silence or a new start", () => {
  const points = ["flow_temperature", "compressor", "operation_mode", "controller_date"] as const;
  const message = fc.record({
    point: fc.constantFrom(...points, "online" as const),
    number: fc.integer({ min: 1, max: 5 }),
    waitMs: fc.integer({ min: 0, max: 45_000 }),
    retained: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
      snapshot = startSnapshot("p");
      trusted = [];
      let at = 0;
      let receivedAt = Number.NEGATIVE_INFINITY;
      let aliveSince = at;
      for (const { point, number, waitMs, retained: isRetained } of messages) {
        at += waitMs;
        if (point !== "online" && !isRetained) {
          if (at - receivedAt > 60_000) aliveSince = at;
          receivedAt = at;
        }
        take(point, point === "online" ? number > 2 : number, at, isRetained);
        const reportedOnline = trusted.findLastIndex(([p]) => p === "online");
        for (const id of points) {
          const value = snapshot.value(id, at);
          const reported = trusted.findLastIndex(([p]) => p === id);
          const last = trusted[reported];
          if (value !== null) expect([snapshot.online(at) !== false, value]).toEqual([true, last?.[1]]);
          const isOld =
            last === undefined || last[1] === null || at - last[2] > holdS(id) * 1000 || at - receivedAt > 60_000;
          const isUnsettled = snapshot.status() === null && receivedAt - aliveSince < 15_000;
          if (value === null) expect(isOld || isUnsettled || reported < reportedOnline).toBe(true);
        }
      }
    }),
  );
});
