import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { zoneOf } from "@heatloop/core/time/local-day";
import { firmwareAfter, openFirmwareWatch } from "@heatloop/ha-addon/alerts/firmware-watch";
import { lastDays } from "@heatloop/ha-addon/alerts/last-days";
import { countLastHour } from "@heatloop/ha-addon/alerts/last-hour";
import { countedErrors } from "@heatloop/ha-addon/base/counted-errors";
import { leastFreeBytes } from "@heatloop/ha-addon/base/free-bytes";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { at } from "./alerts-world.ts";

describe("what happened within the last hour", () => {
  it("is counted by key, and forgotten after it", () => {
    const clock = simulatedClock(at);
    const counts = countLastHour(clock);
    counts.add("a");
    clock.advanceTo(at + 30 * minuteMs);
    counts.add("a");
    counts.add("b");
    expect([counts.count("a"), counts.count("b"), counts.count("c"), counts.isWhole()]).toEqual([2, 1, 0, false]);
    clock.advanceTo(at + hourMs);
    expect([counts.count("a"), counts.isWhole()]).toEqual([1, true]);
  });

  it("stays small, however much happens", () => {
    const counts = countLastHour({ now: () => at });
    for (let i = 0; i < 5_000; i += 1) counts.add("a");
    expect(counts.count("a")).toBe(1_000);
  });
});

describe("the firmware", () => {
  const none = { firmware_version: null, esp_version: null };
  const known = { versions: { firmware_version: "1.0", esp_version: "2026.7" }, change: null };
  it.each([
    ["is no change when it is first seen", { versions: none, change: null }, known.versions, null],
    ["is no change while it is the same", known, known.versions, null],
    ["is no change when it is not known for a while", known, none, null],
    ["has changed", known, { ...known.versions, firmware_version: "1.1" }, { from: "1.0", to: "1.1", at }],
    ["has changed below", known, { ...known.versions, esp_version: "2026.8" }, { from: "2026.7", to: "2026.8", at }],
    [
      "has changed: its own version is what counts",
      known,
      { firmware_version: "1.1", esp_version: "2026.8" },
      { from: "1.0", to: "1.1", at },
    ],
  ])("%s", (_, before, now, change) => {
    expect(firmwareAfter(before, now, at).change).toEqual(change);
  });

  it("that was flashed while Heatloop was off has changed all the same", async () => {
    const file = openStateFiles(temporaryFolder(), recordingLog())("firmware");
    const first = await openFirmwareWatch(file);
    expect(first.changeOf("hp", known.versions, at)).toBeNull();
    const second = await openFirmwareWatch(file);
    const change = second.changeOf("hp", { ...known.versions, firmware_version: "1.1" }, at + dayMs);
    expect(change).toEqual({ from: "1.0", to: "1.1", at: at + dayMs });
  });
});

it("the last day is computed each ten minutes, and at once when another day begins", () => {
  const zone = zoneOf("Europe/Rome");
  if (zone === undefined) throw new Error("no zone");
  const clock = simulatedClock(Date.parse("2026-11-21T23:45:00+01:00"));
  let computed = 0;
  const lastDay = lastDays({ clock, zone: () => zone });
  const ask = () =>
    lastDay("hp", () => {
      computed += 1;
      return dayEnergy({ date: `2026-11-${20 + computed}`, zone, minutes: [], now: clock.now() });
    }).date;
  expect([ask(), ask()]).toEqual(["2026-11-21", "2026-11-21"]);
  clock.advanceTo(clock.now() + 11 * minuteMs);
  expect([ask(), ask()]).toEqual(["2026-11-22", "2026-11-22"]);
  clock.advanceTo(clock.now() + 5 * minuteMs);
  expect(ask()).toBe("2026-11-23");
});

it("errors of the log are counted and still written, other lines are not counted", () => {
  const written = recordingLog();
  let errors = 0;
  const log = countedErrors(written, () => {
    errors += 1;
  });
  log.error("first");
  log.warn("second");
  expect([errors, written.lines.length]).toEqual([1, 2]);
});

it("the free space is that of the fuller disk, and known before a folder is made", async () => {
  const folder = temporaryFolder();
  const free = await leastFreeBytes([folder]);
  expect(free).toBeGreaterThan(0);
  expect(await leastFreeBytes([`${folder}/of/an/archive`])).toBeGreaterThan(0);
  // A disk of its own that has no free space.
  expect(await leastFreeBytes([folder, "/proc"])).toBe(0);
  expect(await leastFreeBytes([])).toBeNull();
});
