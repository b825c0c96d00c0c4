import type { Transition } from "@heatloop/core/live/transition";
import { minuteMs } from "@heatloop/core/time/durations";
import { rateLimitedLog } from "@heatloop/ha-addon/base/rate-limited-log";
import { startTransitionLog } from "@heatloop/ha-addon/device/transition-log";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

function calm() {
  const kept = recordingLog("debug");
  const clock = simulatedClock(0);
  return {
    log: rateLimitedLog(kept, clock),
    clock,
    lines: () => kept.lines.map((line) => line.slice(line.indexOf(" ") + 1)),
  };
}

describe("a log whose lines come at the pace of its input", () => {
  it("writes the same line about the same thing five times, then once in ten minutes how many more there were", () => {
    const { log, clock, lines } = calm();
    for (let second = 0; second < 1200; second += 1) {
      log.warn("a price cannot be read", { entity: "sensor.price", found: second });
      clock.advanceTo(clock.now() + 1000);
    }
    expect(lines()).toEqual([
      ...[0, 1, 2, 3, 4].map((found) => `WARN a price cannot be read entity=sensor.price found=${found}`),
      "WARN a price cannot be read (595 more times in ten minutes) entity=sensor.price found=599",
      "WARN a price cannot be read (600 more times in ten minutes) entity=sensor.price found=1199",
    ]);
    clock.advanceTo(clock.now() + 60 * minuteMs);
    log.warn("a price cannot be read", { entity: "sensor.price", found: 7 });
    expect(lines()).toHaveLength(8);
  });

  it("counts lines about different things separately, and writes rare ones as they come", () => {
    const { log, clock, lines } = calm();
    for (let i = 0; i < 5; i += 1) for (const device of ["a", "b"]) log.info("the heat pump is online", { device });
    for (let i = 0; i < 20; i += 1) {
      log.info("settings changed");
      clock.advanceTo(clock.now() + 5 * minuteMs);
    }
    expect(lines()).toHaveLength(30);
  });

  it("is bounded whatever is logged", () => {
    const { log, clock, lines } = calm();
    for (let i = 0; i < 100_000; i += 1) log.error(`what has never been logged before: ${i}`);
    clock.advanceTo(10 * minuteMs);
    expect(lines()).toHaveLength(201);
    expect(lines().at(-1)).toBe("WARN other lines that are left out (99800 more times in ten minutes)");
  });

  it("writes at its end what it has counted, and debug lines as they come", () => {
    const { log, lines } = calm();
    for (let i = 0; i < 7; i += 1) log.info("x");
    for (let i = 0; i < 7; i += 1) log.debug("y");
    log.flushCounts();
    log.flushCounts();
    expect(lines().filter((line) => line.includes("INFO"))).toEqual([
      ...Array(5).fill("INFO x"),
      "INFO x (2 more times in ten minutes)",
    ]);
    expect(lines().filter((line) => line.includes("DEBUG"))).toHaveLength(7);
  });
});

describe("a heat pump that flips", () => {
  const edge = (kind: "online" | "fault" | "compressor", to: string): Transition =>
    ({ at: 0, kind, from: null, to, durationS: null, context: {} }) as unknown as Transition;

  function house() {
    const kept = recordingLog();
    const clock = simulatedClock(0);
    const edges = startTransitionLog({ log: kept, clock });
    const lines = () => kept.lines.map((line) => line.slice(line.indexOf(" ") + 1));
    const flip = (times: number, device = "ecodan-heatpump") => {
      for (let i = 0; i < times; i += 1) {
        edges.take(device, edge("online", "offline"));
        edges.take(device, edge("online", "online"));
      }
    };
    return { edges, clock, lines, flip };
  }
  const [gone, back] = ["offline", "online"].map(
    (to) => `INFO the heat pump is ${to} device=ecodan-heatpump from=null to=${to}`,
  );

  it("once is logged as it happens", () => {
    const { clock, lines, flip } = house();
    for (let hour = 1; hour <= 3; hour += 1) {
      flip(1);
      clock.advanceTo(hour * 60 * minuteMs);
    }
    expect(lines()).toEqual([gone, back, gone, back, gone, back]);
  });

  it("again and again is one line with a count, for as long as it goes on", () => {
    const { clock, lines, flip } = house();
    flip(14);
    clock.advanceTo(10 * minuteMs);
    flip(9000);
    clock.advanceTo(20 * minuteMs);
    clock.advanceTo(40 * minuteMs);
    flip(1);
    expect(lines()).toEqual([
      gone,
      back,
      "INFO the heat pump went offline and came back 14 times in the last ten minutes device=ecodan-heatpump now=online",
      "INFO the heat pump went offline and came back 9000 times in the last ten minutes device=ecodan-heatpump now=online",
      gone,
      back,
    ]);
  });

  it("is logged with its present state, each heat pump by itself, and so are its faults", () => {
    const { edges, clock, lines, flip } = house();
    flip(2);
    edges.take("ecodan-heatpump", edge("online", "offline"));
    edges.take("other", edge("online", "offline"));
    for (const to of ["E6", "none", "E6", "none", "E6"]) edges.take("other", edge("fault", to));
    edges.take("other", edge("compressor", "on"));
    clock.advanceTo(10 * minuteMs);
    expect(lines().slice(5)).toEqual([
      "INFO the heat pump went offline and came back 2 times in the last ten minutes device=ecodan-heatpump now=offline",
      "INFO the heat pump had a fault code and lost it 2 times in the last ten minutes device=other now=E6",
    ]);
  });

  it("is logged at the end of the program too", () => {
    const { edges, lines, flip } = house();
    flip(3);
    edges.close();
    expect(lines()).toHaveLength(3);
  });
});
