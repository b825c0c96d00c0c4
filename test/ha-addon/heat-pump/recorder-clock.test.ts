import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minuteOf } from "#test/core/examples/example-minutes.ts";
import { audit, homeAt, rowsOf, startLogging } from "#test/support/logging-home.ts";

/** What is not known around a moment at which the clock was set: at most a poll of water at full power. */
const onePollWh = 100;
const heldWh = 110;

describe("a clock that is set", () => {
  type Step = readonly ["pass" | "jump", number];
  it.each<readonly [string, readonly Step[], number]>([
    ["back by 10 minutes", [["jump", -10 * minuteMs]], onePollWh],
    ["back by 3 hours", [["jump", -3 * hourMs]], onePollWh],
    ["back by 20 seconds", [["jump", -20 * secondMs]], onePollWh],
    ["forward by 2 hours", [["jump", 2 * hourMs]], heldWh],
    [
      "forward by 2 hours and back",
      [
        ["jump", 2 * hourMs],
        ["pass", 10 * minuteMs],
        ["jump", -2 * hourMs],
      ],
      onePollWh + heldWh,
    ],
    ["forward by a day", [["jump", dayMs]], heldWh],
    ["back by a day", [["jump", -dayMs]], onePollWh],
    [
      "forward by a day and back",
      [
        ["jump", dayMs],
        ["pass", 10 * minuteMs],
        ["jump", -dayMs],
      ],
      onePollWh + heldWh,
    ],
    [
      "back by a day and forward",
      [
        ["jump", -dayMs],
        ["pass", 10 * minuteMs],
        ["jump", dayMs],
      ],
      onePollWh + heldWh,
    ],
    [
      "back twice",
      [
        ["jump", -10 * minuteMs],
        ["pass", 4 * minuteMs],
        ["jump", -10 * minuteMs],
      ],
      2 * onePollWh,
    ],
  ])("%s: no minute comes twice and no heat is lost", async (_, steps, tolerance) => {
    const home = homeAt("2026-11-21T12:00:20+01:00");
    const logging = await startLogging(home);
    home.pass(3 * hourMs + 17 * secondMs);
    for (const [what, ms] of steps) home[what](ms);
    home.pass(4 * hourMs + 20 * secondMs);
    await logging.stop();
    const { minutesTwice, heatOffWh, electricityOffWh, lines } = await audit(home);
    expect(minutesTwice).toBe(0);
    expect(Math.abs(heatOffWh)).toBeLessThan(tolerance);
    expect(electricityOffWh).toBe(0);
    expect(lines).toBeGreaterThan(200);
  });

  it("back: the minutes that have their row already get no other, then one row has it all", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const logging = await startLogging(home);
    home.pass(30 * minuteMs);
    home.jump(-10 * minuteMs);
    home.pass(10 * minuteMs);
    expect(logging.rows()).toBe(30);
    home.pass(minuteMs);
    expect(logging.rows()).toBe(31);
    await logging.stop();
    // But for the time from the last poll before to the first one after: nobody knows how long that was.
    expect((await rowsOf(home)).map(({ figures }) => figures.covered_s).slice(29, 31)).toEqual([60, 630]);
  });

  it("back, and the program ends before it has caught up: nothing is lost", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const first = await startLogging(home);
    home.pass(30 * minuteMs);
    home.jump(-3 * hourMs);
    home.pass(20 * minuteMs);
    await first.stop();
    home.pass(30 * secondMs);
    const second = await startLogging(home);
    home.pass(4 * hourMs);
    await second.stop();
    const { minutesTwice, heatOffWh, electricityOffWh } = await audit(home);
    expect([minutesTwice, electricityOffWh]).toEqual([0, 0]);
    expect(Math.abs(heatOffWh)).toBeLessThan(onePollWh);
  });

  it.each([
    ["forward over midnight and back, and the program is started again", dayMs],
    ["back over midnight and forward, and the program is started again", -dayMs],
    ["by two days and back, and the program is started again", 2 * dayMs],
  ])("%s: no electricity is counted twice", async (_, jumpMs) => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const first = await startLogging(home);
    home.pass(30 * minuteMs);
    home.jump(jumpMs);
    home.pass(10 * minuteMs);
    home.jump(-jumpMs);
    home.pass(40 * minuteMs);
    await first.stop();
    for (let starts = 0; starts < 2; starts += 1) {
      const again = await startLogging(home);
      home.pass(20 * minuteMs);
      await again.stop();
    }
    const { minutesTwice, electricityOffWh } = await audit(home);
    expect([minutesTwice, electricityOffWh]).toEqual([0, 0]);
  });

  it("behind at the start, before the day that the log is in: no electricity is counted twice", async () => {
    const home = homeAt("2026-11-21T20:00:00+01:00");
    const first = await startLogging(home);
    home.pass(7.5 * hourMs);
    await first.stop();
    home.jump(-4 * hourMs);
    const behind = await startLogging(home);
    home.pass(10 * minuteMs);
    home.jump(4 * hourMs);
    home.pass(30 * minuteMs);
    await behind.stop();
    expect((await audit(home)).electricityOffWh).toBe(0);
  });

  it("forward and back: the minutes between are written, as they have no row", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const logging = await startLogging(home);
    home.pass(10 * minuteMs);
    home.jump(2 * hourMs);
    home.pass(5 * minuteMs);
    home.jump(-2 * hourMs);
    home.pass(2 * hourMs + 30 * minuteMs);
    await logging.stop();
    const { lines, minutesTwice } = await audit(home);
    expect([lines, minutesTwice]).toEqual([162, 0]);
  });

  it("back to a day that is not in memory: its minutes are looked up, and those without a row are written", async () => {
    const home = homeAt("2026-11-18T12:00:00+01:00");
    const before = await startLogging(home);
    home.pass(30 * minuteMs);
    await before.stop();
    home.jump(3 * 24 * hourMs);
    const logging = await startLogging(home);
    home.pass(10 * minuteMs);
    home.jump(-(3 * 24 * hourMs + 30 * minuteMs));
    for (let minutes = 0; minutes < 40; minutes += 1) {
      home.pass(minuteMs);
      await logging.archive.minutesOf("hp", "2026-11-18");
    }
    await logging.stop();
    expect((await audit(home)).minutesTwice).toBe(0);
    const times = (await rowsOf(home)).map(({ at }) => home.kept.zone.isoOf(at).slice(5, 16));
    expect(times.slice(0, 51)).toEqual(Array.from({ length: 51 }, (_, i) => `11-18T12:${String(i).padStart(2, "0")}`));
  });

  it("to another year by mistake does not stop the log when it is set right again", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const wrong = minuteRow(minuteOf(Date.parse("2030-05-05T12:00:00+02:00")), home.kept.zone);
    const { files } = home.kept.open();
    await files.append({ device: "hp", date: "2030-05-05", kind: "minutes", header: minutesHeader, row: wrong });
    await files.close();
    const logging = await startLogging(home);
    home.pass(12 * hourMs - 30 * secondMs);
    expect(logging.rows()).toBe(719);
    for (let hours = 0; hours < 24; hours += 1) {
      home.pass(hourMs);
      await logging.archive.minutesOf("hp", "2026-11-22");
    }
    await logging.stop();
    const { minutesTwice, heatOffWh } = await audit(home);
    expect(minutesTwice).toBe(0);
    expect(Math.abs(heatOffWh)).toBeLessThan(1);
    const days = await home.kept.open().archive.days("hp", "2026-11-21", "2026-11-23", home.clock.now());
    expect(days.map(({ date, coveredS }) => [date, coveredS])).toEqual([
      ["2026-11-21", 43_200],
      ["2026-11-22", 86_370],
    ]);
  });

  it("in any way: no minute comes twice, and no heat is lost but around the jumps", async () => {
    const step = fc.record({
      passS: fc.integer({ min: 1, max: 2 * 3600 }),
      jumpS: fc.integer({ min: -4 * 3600, max: 2 * 3600 }),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const home = homeAt("2026-11-21T06:00:00+01:00");
        let logging = await startLogging(home);
        for (const { passS, jumpS, restart } of steps) {
          home.pass(passS * secondMs);
          if (restart) {
            await logging.stop();
            logging = await startLogging(home);
          }
          home.jump(jumpS * secondMs);
          // What is not loaded yet is read meanwhile, as in a program that does not live through hours at once.
          for (let i = 0; i < 3; i += 1) {
            home.pass(minuteMs);
            await logging.archive.last("hp");
          }
        }
        home.pass(hourMs);
        await logging.stop();
        home.heatPump.stop();
        const { minutesTwice, heatOffWh } = await audit(home);
        expect(minutesTwice).toBe(0);
        expect(Math.abs(heatOffWh)).toBeLessThan(steps.length * heldWh);
      }),
      { numRuns: 15 },
    );
  });
});
