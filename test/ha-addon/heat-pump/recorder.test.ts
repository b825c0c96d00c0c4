import { dayEnergy } from "@heatloop/core/energy/day-energy";
import type { Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { nextDate } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { audit, collect, homeAt, type Logging, rowsOf, startLogging } from "#test/support/logging-home.ts";

describe("a minute", () => {
  it("gets its row when it is over, the first and the last one in part", async () => {
    const home = homeAt("2026-11-21T12:00:20+01:00");
    const logging = await startLogging(home);
    home.pass(39 * secondMs);
    expect(logging.rows()).toBe(0);
    home.pass(secondMs);
    expect(logging.rows()).toBe(1);
    home.pass(10 * minuteMs + 15 * secondMs);
    expect(logging.rows()).toBe(11);
    await logging.stop();
    const rows = await rowsOf(home);
    const first = Date.parse("2026-11-21T12:00:00+01:00");
    expect(rows.map(({ at }) => at)).toEqual(Array.from({ length: 12 }, (_, i) => first + i * minuteMs));
    expect(rows.map(({ figures }) => figures.covered_s)).toEqual([40, ...Array(10).fill(60), 15]);
    const { minutesTwice, heatOffWh, electricityOffWh } = await audit(home);
    expect([minutesTwice, heatOffWh, electricityOffWh]).toEqual([0, 0, 0]);
  });

  it("is on the disk as soon as it was written, with what was received in it", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const logging = await startLogging(home);
    home.pass(2 * minuteMs);
    await logging.stop();
    const [first] = await rowsOf(home);
    expect(first?.points).toMatchObject({ operation_mode: "heating", compressor: 60, daily_electricity: 0 });
    const lines = await home.kept.lines("hp", "2026-11-21.csv");
    expect(lines?.slice(0, 2)).toEqual([minutesHeader, minuteRow(first as Minute, home.kept.zone)]);
  });

  it("gets its row also when nothing is known of it", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const logging = await startLogging(home, { silent: true });
    home.pass(3 * minuteMs);
    await logging.stop();
    const rows = await rowsOf(home);
    expect(rows.slice(0, 3).map(({ figures }) => [figures.covered_s, figures.heat_wh, figures.electricity_wh])).toEqual(
      Array(3).fill([0, null, null]),
    );
  });

  it("in which the machine slept ends when it wakes: what is received then is not put into the past", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const logging = await startLogging(home);
    home.pass(2 * minuteMs + 30 * secondMs);
    home.jump(hourMs);
    home.pass(5 * minuteMs);
    await logging.stop();
    const rows = await rowsOf(home);
    expect(rows.map(({ at }) => home.kept.zone.isoOf(at).slice(11, 16))).toEqual([
      "12:00",
      "12:01",
      "12:02",
      "13:03",
      "13:04",
      "13:05",
      "13:06",
      "13:07",
    ]);
  });
});

describe("a transition", () => {
  it("is in the archive with the values beside it", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    const logging = await startLogging(home);
    home.pass(minuteMs + 7 * secondMs);
    const transitions: Transition[] = [];
    logging.device.onTransition((transition) => transitions.push(transition));
    const topic = "hp/binary_sensor/defrost/state";
    logging.device.take({ topic, payload: "ON", retained: false }, home.clock.now());
    await logging.stop();
    expect(transitions.map(({ kind, to }) => [kind, to])).toEqual([
      ["defrost", "on"],
      ["operation", "defrost"],
    ]);
    const { archive } = home.kept.open();
    expect(await collect(archive.transitions("hp", 0, home.clock.now() + 1))).toEqual(transitions);
  });
});

describe("a DST night", () => {
  it.each([
    ["2026-03-29", 1380, 82_800],
    ["2026-10-25", 1500, 90_000],
  ])("makes %s a day of %i rows", async (date, rows, seconds) => {
    const home = homeAt(`${date}T00:00:00Z`);
    home.clock.jumpTo(home.kept.zone.startOf(date) - 30 * minuteMs);
    const logging = await startLogging(home);
    home.pass(26 * hourMs);
    await logging.stop();
    const lines = (await home.kept.lines("hp", `${date}.csv`)) as string[];
    expect(lines.length - 1).toBe(rows);
    const times = lines.slice(1).map((line) => line.slice(0, line.indexOf(",")));
    expect(new Set(times).size).toBe(rows);
    expect(times.every((time) => time.startsWith(date))).toBe(true);
    expect(
      times.every((time, i) => i === 0 || Date.parse(time) - Date.parse(times[i - 1] as string) === minuteMs),
    ).toBe(true);
    const [day] = await home.kept.open().archive.days("hp", date, date, home.clock.now());
    expect([day?.seconds, day?.coveredS, day?.complete]).toEqual([seconds, seconds, true]);
    const { heatOffWh, electricityOffWh, minutesTwice } = await audit(home);
    expect([heatOffWh, electricityOffWh, minutesTwice]).toEqual([0, 0, 0]);
  });

  it("distinguishes the repeated hour by its offset", async () => {
    const home = homeAt("2026-10-25T00:30:00Z");
    const logging = await startLogging(home);
    home.pass(2 * minuteMs);
    home.pass(hourMs);
    await logging.stop();
    const lines = (await home.kept.lines("hp", "2026-10-25.csv")) as string[];
    const repeated = lines.filter((line) => line.startsWith("2026-10-25T02:30:00")).map((line) => line.slice(0, 25));
    expect(repeated).toEqual(["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]);
  });
});

describe("a restart", () => {
  it("within a minute neither writes it twice nor loses heat", async () => {
    const home = homeAt("2026-11-21T12:00:00+01:00");
    for (let i = 0; i < 12; i += 1) {
      const logging = await startLogging(home);
      home.pass(13 * secondMs);
      await logging.stop();
    }
    const logging = await startLogging(home);
    home.pass(5 * minuteMs);
    await logging.stop();
    const { minutesTwice, heatOffWh } = await audit(home);
    expect(minutesTwice).toBe(0);
    expect(Math.abs(heatOffWh)).toBeLessThan(1);
  });

  it.each([1, 200, 61_000])(
    "%i ms after a minute whose end was not seen yet loses neither its row nor heat",
    async (lateMs) => {
      const home = homeAt("2026-11-21T12:00:00+01:00");
      const first = await startLogging(home);
      home.pass(5 * minuteMs - 1);
      home.jump(1 + lateMs);
      await first.stop();
      expect((await rowsOf(home)).map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual([
        "11:00",
        "11:01",
        "11:02",
        "11:03",
        "11:04",
      ]);
      const second = await startLogging(home);
      home.pass(5 * minuteMs);
      await second.stop();
      const { minutesTwice, electricityOffWh } = await audit(home);
      expect([minutesTwice, electricityOffWh]).toEqual([0, 0]);
    },
  );

  it("writes no row ahead of time where nothing was received", async () => {
    const home = homeAt("2026-11-21T12:00:05+01:00");
    for (let i = 0; i < 5; i += 1) {
      const logging = await startLogging(home, { silent: true });
      home.pass(5 * secondMs);
      await logging.stop();
    }
    expect((await audit(home)).lines).toBe(1);
  });

  it("of minutes or hours loses no electricity: the archive has the counter's last total", async () => {
    const home = homeAt("2026-11-21T02:00:00+01:00");
    for (const awayMs of [7 * minuteMs, 3 * hourMs, 90 * secondMs, 5 * hourMs]) {
      const logging = await startLogging(home);
      home.pass(40 * minuteMs);
      await logging.stop();
      home.pass(awayMs);
    }
    const logging = await startLogging(home);
    home.pass(minuteMs);
    await logging.stop();
    const { electricityOffWh, heatOffWh } = await audit(home);
    expect(home.heatPump.electricityWh()).toBeGreaterThan(15_000);
    expect(electricityOffWh).toBe(0);
    expect(Math.abs(heatOffWh)).toBeLessThan(1);
  });
});

describe("today and yesterday", () => {
  it("change at the local midnight", async () => {
    const home = homeAt("2026-11-21T22:00:00+01:00");
    const logging = await startLogging(home);
    home.pass(2 * hourMs - secondMs);
    expect(logging.recorder.today()).toMatchObject({ date: "2026-11-21", coveredS: 119 * 60 });
    expect(logging.recorder.yesterday()).toMatchObject({ date: "2026-11-20", heatWh: null, coverage: 0 });
    home.pass(secondMs);
    expect(logging.recorder.today()).toMatchObject({ date: "2026-11-22", heatWh: null, coveredS: 0 });
    expect(logging.recorder.yesterday()).toMatchObject({ date: "2026-11-21", coveredS: 7200 });
    home.pass(3 * minuteMs);
    expect(logging.recorder.today()).toMatchObject({ date: "2026-11-22", coveredS: 180, coverage: 1 });
    expect(logging.recorder.yesterday().controller).toBe(null);
    home.pass(4 * hourMs + 40 * secondMs);
    const topic = "hp/sensor/heating_delivered/state";
    logging.device.take({ topic, payload: "41.25", retained: false }, home.clock.now());
    home.pass(20 * secondMs);
    expect(logging.recorder.yesterday()).toMatchObject({ controller: { heatingHeatWh: 41_250 } });
    await logging.stop();
  });

  it("are those of the archive, over restarts, a change of the day and a clock that was set", async () => {
    const home = homeAt("2026-10-23T20:00:00+02:00");
    const look = async ({ recorder, flush }: Logging): Promise<void> => {
      await flush();
      const { archive } = home.kept.open();
      const { date } = recorder.today();
      const now = home.clock.now();
      const [today] = await archive.days("hp", date, date, now);
      expect(recorder.today()).toEqual(today);
      const before = recorder.yesterday();
      expect(nextDate(before.date)).toBe(date);
      const [yesterday] = await archive.days("hp", before.date, before.date, now);
      const nothing = dayEnergy({ date: before.date, zone: home.kept.zone, minutes: [], now });
      expect(before).toEqual(yesterday ?? nothing);
    };
    for (const jumpMs of [0, -10 * minuteMs, 2 * hourMs, -3 * hourMs]) {
      const logging = await startLogging(home);
      for (let i = 0; i < 4; i += 1) {
        home.pass(3 * hourMs + 7 * minuteMs);
        await look(logging);
      }
      home.jump(jumpMs);
      home.pass(5 * minuteMs);
      await look(logging);
      await logging.stop();
      home.pass(25 * minuteMs);
    }
  });

  it("are those of the zone that applies now, also where Home Assistant names it only after the start", async () => {
    const home = homeAt("2026-11-21T12:00:00Z", "UTC");
    const logging = await startLogging(home);
    home.pass(12 * hourMs + 30 * minuteMs);
    expect(logging.recorder.today().date).toBe("2026-11-22");
    home.kept.zone = namedZone("America/New_York");
    expect(logging.recorder.today()).toMatchObject({ date: "2026-11-21", coveredS: 12.5 * 3600 });
    home.kept.zone = namedZone("Europe/Rome");
    expect(logging.recorder.today()).toMatchObject({ date: "2026-11-22", coveredS: 1.5 * 3600 });
    expect(logging.recorder.yesterday()).toMatchObject({ date: "2026-11-21", coveredS: 11 * 3600 });
    await logging.stop();
  });
});
