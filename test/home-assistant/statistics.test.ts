import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DayEnergy, dayEnergy, parts } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { connectHomeAssistant, type HomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { startStatistics } from "@heatloop/ha-addon/statistics/keeping";
import { statisticsRecorder } from "@heatloop/ha-addon/statistics/recorder";
import { systemClock } from "@heatloop/program/clock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csvOf } from "#test/support/examples/archive.ts";
import {
  hasHomeAssistant,
  startHomeAssistant,
  type TestHomeAssistant,
} from "#test/support/home-assistant/home-assistant.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";
import { waitFor } from "#test/support/wait-for.ts";

type SimulatedDays = ReturnType<typeof simulatedDays>["days"];
type Row = { readonly start: number; readonly state?: number; readonly sum?: number; readonly change?: number };

const rome = zoneOf("Europe/Rome") as Zone;
const device = "ecodan-heatpump";
const slug = "heatloop:ecodan_heatpump";

describe.skipIf(!hasHomeAssistant())("the archive in the statistics of Home Assistant", () => {
  let folder: string;
  const log = recordingLog();
  const closings: (() => unknown)[] = [];
  let homeAssistant: TestHomeAssistant;
  let connection: HomeAssistant;
  let clock: SimulatedClock;
  let imported = 0;
  const kept = new Map<string, readonly Minute[]>();

  function write(days: SimulatedDays): void {
    for (const { date, minutes } of days) {
      const home = join(folder, device, date.slice(0, 4));
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, `${date}.csv`), csvOf(minutes, rome));
      kept.set(date, minutes);
    }
  }

  /** The feature from its start until it has looked at everything. */
  async function importOnce(): Promise<void> {
    imported = 0;
    const files = openArchive({ folder, log, clock });
    const statistics = startStatistics({
      clock,
      log,
      homeAssistant: {
        ...connection,
        async send(message) {
          if (message.type === "recorder/import_statistics") imported += (message.stats as object[]).length;
          return connection.send(message);
        },
      },
      files,
      zone: () => rome,
      ids: { named: (prefix) => prefix },
      electricity: () => usualElectricity,
      water: () => usualWater,
      settings: {
        current: () => ({ statistics: { import: true }, devices: [{ prefix: device, name: "Heat pump" }] }),
        onChange: () => () => undefined,
      },
    });
    clock.advanceTo(clock.now() + 2 * minuteMs);
    const isDone = () => {
      clock.advanceTo(clock.now() + 1000);
      return statistics.status().doneAt !== null;
    };
    await waitFor(isDone, "all is imported");
    statistics.close();
    await files.close();
  }

  const during = (ids: readonly string[], period: "hour" | "day", types: readonly string[]) =>
    homeAssistant.command<Record<string, Row[]>>({
      type: "recorder/statistics_during_period",
      start_time: "2026-01-01T00:00:00Z",
      end_time: "2026-11-01T00:00:00Z",
      statistic_ids: ids,
      period,
      types,
    });

  type Listed = { readonly statistic_id: string; readonly [key: string]: unknown };
  const listed = async () =>
    (await homeAssistant.command<Listed[]>({ type: "recorder/list_statistic_ids" })).filter(({ statistic_id: id }) =>
      id.startsWith("heatloop:"),
    );
  const ids = async () => (await listed()).map(({ statistic_id: id }) => id).sort();
  const allRows = async () => during(await ids(), "hour", ["state", "sum"]);

  /** What each day is more than the one before, Wh, by date; those of nothing left out. */
  async function dailyWh(id: string): Promise<Record<string, number>> {
    const rows = (await during([id], "day", ["change"]))[id] ?? [];
    const wh = rows.map(({ start, change }) => [rome.dateOf(start), Math.round((change ?? 0) * 1000) + 0] as const);
    return Object.fromEntries(wh.filter(([, change]) => change !== 0));
  }

  function reportedWh(figure: (day: DayEnergy) => number | null): Record<string, number> {
    const days = [...kept]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, minutes]) => {
        const day = dayEnergy({ date, zone: rome, minutes, now: rome.endOf(date) });
        return [date, figure(day) ?? 0] as const;
      });
    return Object.fromEntries(days.filter(([, wh]) => wh !== 0));
  }

  async function expectDaysToAgree(): Promise<void> {
    const figures: Record<string, (day: DayEnergy) => number | null> = {
      electricity: ({ electricityWh }) => electricityWh,
      heat: ({ heatWh }) => heatWh,
      cooling: ({ coolingWh }) => coolingWh,
    };
    for (const part of parts) {
      figures[`electricity_${part}`] = (day) => day.parts[part].electricityWh;
      if (part !== "cooling" && part !== "unknown") figures[`heat_${part}`] = (day) => day.parts[part].heatWh;
    }
    for (const [name, figure] of Object.entries(figures)) {
      const expected = reportedWh(figure);
      const agrees = async () => JSON.stringify(await dailyWh(`${slug}_${name}`)) === JSON.stringify(expected);
      await waitFor(agrees, `${name} is shown day by day`).catch(async () => {
        expect(await dailyWh(`${slug}_${name}`), name).toEqual(expected);
      });
    }
  }

  const daysFrom = (from: string, to: string) => simulatedDays({ from, to, options: { seed: 3, prefix: device } }).days;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heatloop-statistics-"));
    homeAssistant = await startHomeAssistant({ timeZone: rome.name });
    closings.push(homeAssistant.close);
    const connected = connectHomeAssistant({
      url: homeAssistant.url,
      token: homeAssistant.accessToken,
      clock: systemClock(),
      log,
    });
    connection = connected;
    closings.push(connected.close);
    await waitFor(() => connected.connected(), "the connection");
    clock = simulatedClock(Date.parse("2026-10-27T10:00:00Z"));
  }, 240_000);

  afterAll(async () => {
    for (const close of closings.reverse()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is shown day by day as the reports have it, over the end of daylight saving", async () => {
    write(daysFrom("2026-10-24", "2026-10-26"));
    await importOnce();
    await expectDaysToAgree();
    const hours = (await during([`${slug}_electricity`], "hour", ["sum"]))[`${slug}_electricity`] ?? [];
    expect(hours.map(({ start }) => rome.dateOf(start)).filter((date) => date === "2026-10-25")).toHaveLength(25);
  }, 60_000);

  test("is described as Home Assistant 2026.11 wants it", async () => {
    for (const statistic of await listed()) {
      expect(statistic).toMatchObject({
        source: "heatloop",
        has_sum: true,
        mean_type: 0,
        unit_class: "energy",
        statistics_unit_of_measurement: "kWh",
        display_unit_of_measurement: "kWh",
      });
    }
    expect(await ids()).toContain(`${slug}_electricity_hot_water`);
    expect((await listed()).find(({ statistic_id: id }) => id === `${slug}_heat_hot_water`)?.name).toBe(
      "Heat pump heat, hot water",
    );
  });

  test("is left as it is by a second run", async () => {
    const before = await allRows();
    expect(Object.keys(before).length).toBeGreaterThan(4);
    await importOnce();
    expect(imported).toBe(0);
    expect(await allRows()).toEqual(before);
  });

  test("takes older days that come later, with defrosts that take heat back, and sums go on from them", async () => {
    write(daysFrom("2026-01-14", "2026-01-15"));
    await importOnce();
    await expectDaysToAgree();
    expect(Object.values(await dailyWh(`${slug}_heat_defrost`)).some((wh) => wh < 0)).toBe(true);
    const sums = ((await allRows())[`${slug}_electricity`] ?? []).map(({ sum }) => sum ?? Number.NaN);
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    const before = await allRows();
    await importOnce();
    expect([imported, await allRows()]).toEqual([0, before]);
  }, 60_000);

  test("is the same, row by row, as all of it imported at once", async () => {
    const before = await allRows();
    await homeAssistant.command({ type: "recorder/clear_statistics", statistic_ids: Object.keys(before) });
    await waitFor(async () => (await ids()).length === 0, "the statistics are cleared");
    await importOnce();
    const isBack = async () => JSON.stringify(await allRows()) === JSON.stringify(before);
    await waitFor(isBack, "the same rows").catch(async () => expect(await allRows()).toEqual(before));
  }, 60_000);

  test.each([
    ["a week before", "2026-10-26T12:00:00Z"],
    ["months before", "2026-05-17T00:00:00Z"],
    ["an earlier month than the one that goes on later", "2026-10-05T00:00:00Z"],
    ["nowhere", "2026-01-13T00:00:00Z"],
  ])("goes on from the last sum, which may be %s", async (_, time) => {
    const at = Date.parse(time);
    const rows = await allRows();
    const expected = Object.entries(rows).flatMap(([id, ofId]) => {
      const last = ofId.findLast(({ start }) => start < at);
      return last === undefined ? [] : [[id, Math.round((last.sum ?? Number.NaN) * 1000)]];
    });
    const sums = await statisticsRecorder(connection).sumsBefore(Object.keys(rows), at);
    expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(expected));
  });

  test("fills the Energy dashboard, which finds nothing wrong with it", async () => {
    const whole = `${slug}_electricity`;
    await homeAssistant.command({
      type: "energy/save_prefs",
      device_consumption: [
        { stat_consumption: whole },
        ...(await ids())
          .filter((id) => id.startsWith(`${whole}_`))
          .map((id) => ({ stat_consumption: id, included_in_stat: whole })),
      ],
    });
    const issues = await homeAssistant.command<Record<string, unknown[]>>({ type: "energy/validate" });
    expect(issues.device_consumption?.length).toBeGreaterThan(4);
    expect(Object.values(issues).flat(2)).toEqual([]);
  });

  test("has nothing wrong with it for Home Assistant, nor for the program", async () => {
    const issues = await homeAssistant.command<Record<string, unknown>>({ type: "recorder/validate_statistics" });
    expect(Object.keys(issues).filter((id) => id.startsWith("heatloop"))).toEqual([]);
    expect(homeAssistant.complaints(/heatloop|statistic|recorder|energy/i)).toEqual([]);
    expect(log.lines.filter((line) => /WARN|ERROR/.test(line))).toEqual([]);
  });
});
