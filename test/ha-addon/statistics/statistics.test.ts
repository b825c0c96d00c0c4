import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { nextDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { statisticsSchema } from "@heatloop/ha-addon/settings/statistics-settings";
import { statisticsOf } from "@heatloop/ha-addon/statistics/names";
import { describe, expect, test } from "vitest";
import { csvOf } from "#test/support/examples/archive.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { file, heatingDay, home } from "./statistics-house.ts";

const electricity = "heatloop:pump_electricity";
const total = (changes: Record<string, number>) => Object.values(changes).reduce((sum, kwh) => sum + kwh, 0);
const hoursUtc = (from: string, count: number, kwh: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [new Date(Date.parse(from) + i * hourMs).toISOString(), kwh]),
  );

describe("statistics in Home Assistant", () => {
  test("are made of the whole archive a minute after the connection, hour by hour and by operation", async () => {
    const house = home("2026-01-12T00:30:00+01:00", { ...file("2026-01-10"), ...file("2026-01-11") });
    expect(house.status()).toEqual({ state: "waiting", detail: null, doneAt: null });
    await house.pass(2 * minuteMs);
    const { recorder } = house;
    expect(recorder.changes(electricity)).toEqual(hoursUtc("2026-01-09T23:00:00Z", 48, 0.6));
    expect(recorder.changes("heatloop:pump_heat")).toEqual(hoursUtc("2026-01-09T23:00:00Z", 48, 3));
    expect([...recorder.statistics.keys()].sort()).toEqual([
      ...["heatloop:pump_cop_electricity", "heatloop:pump_cop_heat"],
      electricity,
      "heatloop:pump_electricity_heating",
      "heatloop:pump_heat",
      "heatloop:pump_heat_heating",
    ]);
    expect(recorder.imports[0]?.metadata).toEqual({
      statistic_id: electricity,
      source: "heatloop",
      name: "Heat pump electricity",
      has_sum: true,
      mean_type: 0,
      unit_class: "energy",
      unit_of_measurement: "kWh",
    });
    expect(house.status().state).toBe("ok");
    expect(house.log.lines.join()).toContain("the archive is in Home Assistant's statistics device=pump rows=288");
  });

  test("hold finished hours only, and go on at five past", async () => {
    const house = home("2026-01-10T03:20:00+01:00", file("2026-01-10", 3));
    await house.pass(2 * minuteMs);
    expect(recorderHours(house)).toBe(3);
    house.write("2026-01-10", 5);
    await house.pass(45 * minuteMs);
    expect(house.clock.now()).toBe(Date.parse("2026-01-10T04:07:00+01:00"));
    expect(recorderHours(house)).toBe(4);
    expect(house.recorder.changes(electricity)).toEqual(hoursUtc("2026-01-09T23:00:00Z", 4, 0.6));
  });

  test("are not written again where nothing changed, also after a restart", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    await house.pass(2 * minuteMs);
    const [before, imports] = [house.sums(), house.recorder.imports.length];
    await house.pass(3 * hourMs);
    house.restart();
    await house.pass(2 * minuteMs);
    expect(house.recorder.imports).toHaveLength(imports);
    expect(house.sums()).toEqual(before);
  });

  test("sum on from older days that come later, from the first changed hour on", async () => {
    const house = home("2026-02-12T00:30:00+01:00", { ...file("2026-02-10"), ...file("2026-02-11") });
    await house.pass(2 * minuteMs);
    house.write("2026-01-05");
    await house.pass(hourMs);
    const sums = [...(house.recorder.statistics.get(electricity)?.rows ?? [])].sort(([a], [b]) => a - b);
    expect(sums.map(([, { sum }]) => Math.round(sum * 1000))).toEqual(
      Array.from({ length: 72 }, (_, i) => (i + 1) * 600),
    );
    house.write("2026-02-11", 24, 2);
    const imports = house.recorder.imports.length;
    await house.pass(hourMs);
    expect(house.recorder.imports.slice(imports).map(({ rows }) => rows)).toEqual(Array(6).fill(24));
    expect(total(house.recorder.changes(electricity))).toBeCloseTo(2 * 14.4 + 28.8, 6);
  });

  test("come in chunks, and go on from the sum before them after a long silence", async () => {
    const dates = Array.from({ length: 80 }).reduce<string[]>(
      (all) => [...all, nextDate(all.at(-1) as string)],
      ["2026-01-01"],
    );
    const house = home("2026-04-01T00:30:00+02:00", Object.assign({}, ...dates.map((date) => file(date, 2))));
    await house.pass(2 * minuteMs);
    const ofElectricity = house.recorder.imports.filter(({ metadata }) => metadata.statistic_id === electricity);
    expect(ofElectricity.map(({ rows }) => rows)).toEqual([64, 62, 36]);
    for (const name of dates) rmSync(join(house.archive.home, `${name}.csv`));
    house.write("2026-03-31", 1);
    await house.pass(hourMs);
    expect(total(house.recorder.changes(electricity))).toBeCloseTo(81 * 1.2 + 0.6, 6);
    house.write("2026-06-30", 1);
    house.clock.jumpTo(Date.parse("2026-07-01T00:04:00+02:00"));
    house.restart();
    await house.pass(2 * minuteMs);
    expect(total(house.recorder.changes(electricity))).toBeCloseTo(81 * 1.2 + 1.2, 6);
  });

  test.each([
    ["2026-03-29", 23, "2026-03-28T23:00:00Z"],
    ["2026-10-25", 25, "2026-10-24T22:00:00Z"],
  ])("of the day %s have its %i hours", async (date, hours, first) => {
    const house = home(`${nextDate(date)}T00:30:00+01:00`, { [`${date}.csv`]: csvOf(heatingDay(date, hours)) });
    await house.pass(2 * minuteMs);
    expect(house.recorder.changes(electricity)).toEqual(hoursUtc(first, hours, 0.6));
  });

  test("keep the hours of days that the archive has no more", async () => {
    const house = home("2026-01-12T00:30:00+01:00", { ...file("2026-01-10"), ...file("2026-01-11") });
    await house.pass(2 * minuteMs);
    const before = house.sums();
    rmSync(join(house.archive.home, "2026-01-10.csv"));
    house.restart();
    await house.pass(2 * minuteMs);
    expect(house.sums()).toEqual(before);
  });

  test("follow the correction factor and the device's name", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    await house.pass(2 * minuteMs);
    house.setSettings({ electricity: { ...usualElectricity, correctionFactor: 1.5 }, name: "Cellar" });
    await house.pass(minuteMs);
    expect(house.recorder.changes(electricity)).toEqual(hoursUtc("2026-01-09T23:00:00Z", 24, 0.9));
    expect(house.recorder.statistics.get("heatloop:pump_heat")?.name).toBe("Cellar heat");
  });

  test("follow the settings of the water", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    await house.pass(2 * minuteMs);
    const heat = () => total(house.recorder.changes("heatloop:pump_heat"));
    const before = heat();
    house.setSettings({ water: { flowSensor: "return", glycolPercent: 50 } });
    await house.pass(minuteMs);
    expect(heat() / before).toBeLessThan(0.92);
    expect(heat() / before).toBeGreaterThan(0.87);
  });

  test("are restored in a Home Assistant that has lost them", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    await house.pass(2 * minuteMs);
    const before = house.sums();
    house.recorder.disconnect();
    expect(house.status().state).toBe("waiting");
    house.recorder.statistics.get(electricity)?.rows.delete(Date.parse("2026-01-10T10:00:00Z"));
    house.recorder.connect();
    await house.pass(2 * minuteMs);
    expect(house.sums()).toEqual(before);
  });

  test("log once why Home Assistant refuses them, and try again", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    house.recorder.refuse("unauthorized: Unauthorized");
    house.clock.advanceTo(house.clock.now() + minuteMs);
    await waitFor(() => house.status().state === "failing", "it fails");
    expect(house.status().detail).toBe("unauthorized: Unauthorized; the token must be an administrator's");
    house.clock.advanceTo(house.clock.now() + 12 * minuteMs);
    house.recorder.refuse(undefined);
    await house.pass(30 * minuteMs);
    expect(house.status()).toMatchObject({ state: "ok", detail: null });
    expect(house.log.lines.filter((line) => /WARN/.test(line))).toHaveLength(1);
    expect(house.log.lines.join()).toContain("Home Assistant takes the statistics again");
    expect(house.recorder.changes(electricity)).toEqual(hoursUtc("2026-01-09T23:00:00Z", 24, 0.6));
  });

  test("count as done once they are stored, which a full queue delays", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    house.recorder.pause(true);
    house.clock.advanceTo(house.clock.now() + minuteMs);
    await waitFor(() => house.recorder.imports.length === 6, "all is sent");
    house.write("2026-01-11");
    house.clock.advanceTo(house.clock.now() + 4 * minuteMs);
    expect(house.status().state).toBe("waiting");
    house.recorder.pause(false);
    await house.passUntil(() => recorderHours(house) === 48, "both days are there");
    expect(house.recorder.changes(electricity)).toEqual(hoursUtc("2026-01-09T23:00:00Z", 48, 0.6));
  });

  test("that Home Assistant never stores are an error", async () => {
    const house = home("2026-01-12T00:10:00+01:00", file("2026-01-10"));
    house.recorder.pause(true);
    await house.passUntil(() => house.status().state === "failing", "it fails");
    expect(house.status().detail).toContain("has not stored them");
  });

  test("begun with a connection that was lost are begun again with the next", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    house.recorder.pause(true);
    house.clock.advanceTo(house.clock.now() + minuteMs);
    await waitFor(() => house.recorder.imports.length === 6, "all is sent");
    house.recorder.disconnect();
    house.recorder.connect();
    house.recorder.pause(false);
    house.recorder.statistics.get(electricity)?.rows.clear();
    await house.passUntil(() => house.status().state === "ok", "all is imported");
    expect(recorderHours(house)).toBe(24);
    expect(house.log.lines.filter((line) => /WARN/.test(line))).toEqual([]);
  });

  test("of a house whose days begin at half hours have hours that two days share", async () => {
    const india = zoneOf("Asia/Kolkata") as Zone;
    const days = ["2026-01-10", "2026-01-11", "2026-01-12"];
    const files = days.map((date) => ({ [`${date}.csv`]: csvOf(heatingDay(date, 24, 1, india), india) }));
    const house = home("2026-01-12T23:45:00+05:30", Object.assign({}, ...files), { zone: india });
    await house.pass(2 * minuteMs);
    const changes = Object.entries(house.recorder.changes(electricity));
    expect(changes[0]).toEqual(["2026-01-09T18:00:00.000Z", 0.3]);
    expect(changes.slice(1)).toEqual(Object.entries(hoursUtc("2026-01-09T19:00:00Z", 71, 0.6)));
    await house.pass(2 * hourMs);
    expect(Object.entries(house.recorder.changes(electricity))).toEqual([
      ...changes,
      ["2026-01-12T18:00:00.000Z", 0.3],
    ]);
  });

  test("of two devices with the same ids in Home Assistant are those of the first alone", async () => {
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"));
    cpSync(join(house.archive.home, ".."), join(house.archive.home, "../../Pump"), { recursive: true });
    cpSync(join(house.archive.home, ".."), join(house.archive.home, "../../second"), { recursive: true });
    await house.pass(2 * minuteMs);
    await house.pass(2 * hourMs);
    expect(house.recorder.statistics.size).toBe(12);
    expect(house.log.lines.filter((line) => /WARN.*device=pump other=Pump/.test(line))).toHaveLength(1);
  });

  test("are off by default, begin when they are switched on, and end when they are switched off", async () => {
    expect(statisticsSchema.parse({})).toEqual({ import: false });
    const house = home("2026-01-12T00:30:00+01:00", file("2026-01-10"), { isOn: false });
    house.clock.advanceTo(house.clock.now() + 3 * hourMs);
    expect(house.status().state).toBe("off");
    expect(house.recorder.asked()).toBe(0);
    house.setSettings({ isOn: true });
    await house.pass(minuteMs);
    expect(recorderHours(house)).toBe(24);
    house.setSettings({ isOn: false });
    house.write("2026-01-11");
    house.clock.advanceTo(house.clock.now() + 3 * hourMs);
    expect([house.status().state, recorderHours(house)]).toEqual(["off", 24]);
  });
});

test("the ids of a device are such as Home Assistant takes, whatever its name", () => {
  for (const device of ["ecodan-heatpump", "home_waermepumpe", "-A--b__C-", "___", "Wohnung_1"]) {
    for (const { id } of statisticsOf(device, "Heat pump")) {
      expect(id).toMatch(/^(?!.+__)(?!_)[\da-z_]+(?<!_):(?!_)[\da-z_]+(?<!_)$/);
    }
  }
  const ids = statisticsOf("ecodan-heatpump", "Heat pump").map(({ id }) => id);
  expect(ids[0]).toBe("heatloop:ecodan_heatpump_electricity");
  expect(new Set(ids).size).toBe(ids.length);
});

function recorderHours(house: ReturnType<typeof home>): number {
  return house.recorder.statistics.get(electricity)?.rows.size ?? 0;
}
