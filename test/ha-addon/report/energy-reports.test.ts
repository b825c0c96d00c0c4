import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Part, parts } from "@heatloop/core/energy/day-energy";
import { type DayEvents, dayEvents, eventPoints } from "@heatloop/core/events/day-events";
import { emittedW } from "@heatloop/core/house/emitters";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { datesBetween, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { dayCache } from "@heatloop/ha-addon/archive/day-cache";
import { hoursBetween } from "@heatloop/ha-addon/archive/hours";
import { reportDays } from "@heatloop/ha-addon/archive/report-days";
import { slotArchive } from "@heatloop/ha-addon/archive/slot-archive";
import { energyReports } from "@heatloop/ha-addon/report/energy-reports";
import { reportJson, reportSchema } from "@heatloop/ha-addon/report/json/json";
import { electricitySetup } from "@heatloop/ha-addon/settings/electricity-settings";
import { unitLimits, waterSetup } from "@heatloop/ha-addon/settings/house-settings";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backfill } from "#scripts/demo-house/backfill.ts";
import { asOlderProgram } from "#test/support/archives/older-archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const zone = zoneOf("Europe/Rome") as Zone;
const [from, to] = ["2026-01-05", "2026-01-24"];
const now = zone.startOf("2026-01-25") + 3_600_000;
const device = "ecodan-heatpump";
const tariff = {
  price_per_kwh: 0.3,
  currency: "EUR",
  windows: [{ name: "night", from: "22:00", to: "06:00", price_per_kwh: 0.2 }],
  changes: [{ from: "2026-01-15", price_per_kwh: 0.4, windows: [] }],
  standing_charge: { amount: 0.5, per: "day" },
  gas: { price_per_kwh: 0.12 },
};

/** With `onFirst`, reading never ends after the days of the range; it is called when these are there. */
function open(folder: string, settings: unknown = { tariff }, kept?: string, onFirst?: () => void) {
  const parsed = parseSettings(settings);
  expect(parsed.mistakes).toEqual([]);
  const log = recordingLog();
  const files = openArchive({ folder, log, clock: simulatedClock(now) });
  const zoneNow = () => zone;
  const setup = {
    electricity: () => electricitySetup(parsed.settings.electricity),
    water: () => waterSetup(parsed.settings.house),
    limits: () => unitLimits(parsed.settings.house),
  };
  const archive = typedArchive(files, zoneNow, setup);
  const events =
    kept === undefined ? undefined : dayCache<DayEvents>({ folder: kept, name: "days", version: "1", log });
  const read = reportDays({ files, zone: zoneNow, ...setup, caches: { events } });
  const readDays: typeof read = (request) => {
    const reading = read(request);
    if (onFirst === undefined) return reading;
    void reading.first.then(onFirst);
    return { ...reading, whole: new Promise(() => {}) };
  };
  const [prices, surplus] = (["prices", "surplus"] as const).map((kind) =>
    slotArchive({ files, kind, zone: zoneNow, log }),
  ) as [ReturnType<typeof slotArchive>, ReturnType<typeof slotArchive>];
  const settingsNow = () => parsed.settings;
  const reports = energyReports({
    ...{ readDays, prices, surplus, settings: settingsNow, zone: zoneNow },
    archiveDates: files.dates,
    hours: (of, span, at) =>
      hoursBetween({
        ...{ files, device: of, ...span, zone, now: at },
        ...{ electricity: setup.electricity(), water: setup.water() },
      }),
  });
  const compare = (...periods: readonly [{ from: string; to: string }, { from: string; to: string }]) =>
    reports.compare(device, ...periods, now);
  const heating = { emitterKind: "underfloor_and_radiators", zones: 1 } as const;
  return {
    archive,
    compare,
    heatingCurve: (range: { from: string; to: string }) => reports.heatingCurve(device, range, heating, now),
    report: (request: Parameters<typeof reports.report>[1]) => reports.report(device, request, now),
    log,
  };
}

/** The same texts and, within what is allowed, the same numbers. */
function expectAlike(a: unknown, b: unknown, isNear: (a: number, b: number) => boolean, path = "report"): void {
  if (typeof a === "number" && typeof b === "number") expect(isNear(a, b), `${path}: ${a} and ${b}`).toBe(true);
  else if (typeof a === "object" && a !== null && typeof b === "object" && b !== null) {
    expect(Object.keys(a), path).toEqual(Object.keys(b));
    for (const [key, value] of Object.entries(a)) {
      expectAlike(value, (b as Record<string, unknown>)[key], isNear, `${path}.${key}`);
    }
  } else expect(a, path).toEqual(b);
}

describe("a report of three simulated weeks", () => {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    const files = openArchive({ folder, log: recordingLog(), clock: simulatedClock(now) });
    const range = { from: zone.startOf(from), to: now };
    await backfill({ options: { seed: 11 }, ...range, zone, files, onProgress: () => undefined });
    await files.close();
  }, 120_000);

  it("has cost, events and the house, and its JSON matches the schema", async () => {
    const made = await open(folder).report({ from, to });
    const json = reportJson(made, zone);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    expect(made.events).toMatchObject({ days: 20, findings: [] });
    expect(made.events?.cycles.starts).toBe(made.total.starts);
    expect(made.events?.defrosts.sum.count).toBe(made.total.defrosts);
    expect(made.house?.model.house).not.toBeNull();
    expect(made.cost?.windows.map(({ name }) => name)).toEqual(["night", "standard"]);
  });

  it("of one day has its hours where they are asked for, which add up to the day, use by use", async () => {
    const day = { from: "2026-01-14", to: "2026-01-14" };
    const { hours, total } = await open(folder).report({ ...day, hours: true });
    expect(hours).toHaveLength(24);
    for (const use of parts) {
      const sum = (side: "heatWh" | "electricityWh") =>
        hours.reduce((wh, hour) => wh + ((hour[side] as Partial<Record<Part, number>> | null)?.[use] ?? 0), 0);
      expect([use, sum("heatWh"), sum("electricityWh")]).toEqual([
        use,
        total.parts[use].heatWh ?? 0,
        total.parts[use].electricityWh ?? 0,
      ]);
    }
    expect((await open(folder).report(day)).hours).toEqual([]);
    expect((await open(folder).report({ from, to, hours: true })).hours).toEqual([]);
  });

  it("is the same for days that an older program logged with 1 kg per litre", async () => {
    const older = temporaryFolder();
    cpSync(folder, older, { recursive: true });
    for (const name of readdirSync(older, { recursive: true, encoding: "utf8" })) {
      if (!/-\d\d\.csv$/.test(name)) continue;
      writeFileSync(join(older, name), asOlderProgram(readFileSync(join(older, name), "utf8")).text);
    }
    const [was, is] = [await open(older).report({ from, to }), await open(folder).report({ from, to })];
    // Whole Wh and hundredths may be rounded to the other side.
    expectAlike(reportJson(was, zone), reportJson(is, zone), (a, b) => Math.abs(a - b) <= 2.01 + 1e-4 * Math.abs(b));
    expect(was.total.heatWh).toBeGreaterThan(1_000_000);
  });

  it("follows the settings of the water in all that has heat: a fifth of glycol is less, all else is the same", async () => {
    const [pure, mixed] = [
      await open(folder).report({ from, to }),
      await open(folder, { tariff, house: { glycol_percent: 20, flow_sensor: "flow" } }).report({ from, to }),
    ];
    const heats = ({ total, events, house, cost }: typeof pure) => [
      total.heatWh ?? 0,
      total.cop ?? 0,
      events?.defrosts.sum.heatWh ?? 0,
      events?.performance.heating.byOutdoor[0]?.heatWh ?? 0,
      house?.model.house?.heatLossWPerK ?? 0,
      cost?.windows[0]?.heatWh ?? 0,
    ];
    const [before, after] = [heats(pure), heats(mixed)];
    for (const [i, wh] of after.entries()) {
      expect(wh / (before[i] ?? 0), `figure ${i}`).toBeGreaterThan(0.96);
      expect(wh / (before[i] ?? 0), `figure ${i}`).toBeLessThan(0.99);
    }
    expect(mixed.total.electricityWh).toBe(pure.total.electricityWh);
  });

  it("has a cost that is that of its uses, of its windows and of its days, at the prices of each day", async () => {
    const made = await open(folder).report({ from, to, unit: "day" });
    const { cost, total } = made;
    if (cost === null) throw new Error("no cost");
    const sumOf = (costs: readonly (number | null)[]) => costs.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    expect(sumOf(parts.map((part) => cost.parts[part].cost))).toBeCloseTo(cost.cost ?? 0, 6);
    expect(sumOf(cost.windows.map((window) => window.cost))).toBeCloseTo(cost.cost ?? 0, 6);
    expect(cost.electricityWh).toBe(total.electricityWh);
    expect(cost.standingCharge).toBe(10);
    expect(Math.abs(sumOf(made.periods.map((period) => period.cost?.cost ?? null)) - (cost.cost ?? 0))).toBeLessThan(
      0.005 * made.periods.length,
    );
    const last = made.periods.at(-1);
    expect(last?.cost?.cost).toBeCloseTo(((last?.electricityWh ?? 0) * 0.4) / 1000, 2);
    const first = made.periods[0]?.cost?.pricePerKwh ?? 0;
    expect(first).toBeGreaterThan(0.2);
    expect(first).toBeLessThan(0.3);
  });

  it("has no cost where no price is known, and no house where none is asked for", async () => {
    const made = await open(folder, {}).report({ from, to, house: false });
    expect(made.cost).toBeNull();
    expect(made.periods.every(({ cost }) => cost === null)).toBe(true);
    expect(made.house).toBeNull();
    expect(made.events).not.toBeNull();
  });

  it("learns the house from the days before the range too", async () => {
    const made = await open(folder).report({ from: to, to });
    expect(made.total.days.logged).toBe(1);
    expect(made.house).toMatchObject({ from, to, lastDay: { date: to } });
  });

  it("has a heating curve that heats the simulated house with the emitters that it has", async () => {
    const { needed } = await open(folder).heatingCurve({ from, to });
    // 335 W/K from emitter to room behind 2600 W/K from water to emitter (simulator/physics/circuit.ts).
    expect(needed && emittedW(needed.emitters, 10)).toBeCloseTo(2970, -2);
  });

  it("finds the same events of a day in the points that it names as in all", async () => {
    const { archive } = open(folder);
    const eventsWith = async (points: typeof loggedPoints) => {
      for await (const { date, minutes } of archive.minutesByDate(device, "2026-01-10", "2026-01-10", points)) {
        return dayEvents({ date, zone, minutes });
      }
      return undefined;
    };
    const all = await eventsWith(loggedPoints);
    expect(all?.defrosts.length).toBeGreaterThan(0);
    expect(await eventsWith(eventPoints as typeof loggedPoints)).toEqual(all);
  });

  it("keeps the events of finished days, and reports the same from them, whatever was kept", async () => {
    const kept = temporaryFolder();
    const fresh = await open(folder, {}, kept).report({ from, to });
    const files = readdirSync(join(kept, device));
    expect(files).toEqual(["2026-01.json"]);
    const file = join(kept, device, "2026-01.json");
    const text = readFileSync(file, "utf8");
    expect(Object.keys(JSON.parse(text.split("\n")[1] ?? "").days)).toEqual(datesBetween(from, "2026-01-23"));
    expect(await open(folder, {}, kept).report({ from, to })).toEqual(fresh);
    writeFileSync(file, text.slice(0, -40));
    expect(await open(folder, {}, kept).report({ from, to })).toEqual(fresh);
  });

  it("is the same where the events cannot be kept", async () => {
    const kept = join(temporaryFolder(), "a-file");
    writeFileSync(kept, "in the place of the folder");
    const { report, log } = open(folder, {}, kept);
    expect(await report({ from, to })).toEqual(await open(folder, {}).report({ from, to }));
    expect(log.lines.filter((line) => line.includes("cannot be kept"))).toHaveLength(1);
  });

  it("has what is ready when the time is up, and the rest once that was made meanwhile", async () => {
    const { report } = open(folder, { tariff }, temporaryFolder());
    const timesUp = Promise.resolve();
    const soon = await report({ from: to, to, timesUp });
    expect(soon).toMatchObject({ events: null, house: null, pending: true });
    expect(soon.total.heatWh).toBeGreaterThan(0);
    expect(soon.cost?.cost).toBeGreaterThan(0);
    const whole = await report({ from: to, to });
    expect(whole.pending).toBe(false);
    expect(whole.house).not.toBeNull();
    expect({ ...soon, events: whole.events, house: whole.house, pending: false, progress: null }).toEqual(whole);
  });

  it("has the events of its range where only the year before takes longer", async () => {
    const { promise: timesUp, resolve: learning } = Promise.withResolvers<void>();
    const made = await open(folder, {}, undefined, learning).report({ from: to, to, timesUp });
    expect(made).toMatchObject({ events: { days: 1 }, house: null, pending: true });
  });

  it("does not go through the minutes where no events are asked for", async () => {
    const kept = temporaryFolder();
    const made = await open(folder, {}, kept).report({ from, to, events: false });
    expect(made).toMatchObject({ events: null, house: null, pending: false });
    expect(readdirSync(kept)).toEqual([]);
  });

  it("reads a day again whose file is another one now", async () => {
    const kept = temporaryFolder();
    const before = await open(folder, {}, kept).report({ from, to });
    const file = join(folder, device, "2026", "2026-01-12.csv");
    const text = readFileSync(file, "utf8");
    const { atime, mtime } = statSync(file);
    try {
      writeFileSync(file, text.split("\n").slice(0, 300).join("\n"));
      utimesSync(file, atime, mtime);
      const after = await open(folder, {}, kept).report({ from, to });
      expect(after.events?.cycles.starts).toBeLessThan(before.events?.cycles.starts ?? 0);
      expect(after.events?.cycles.starts).toBe(after.total.starts);
    } finally {
      writeFileSync(file, text);
    }
  });

  it("names what is wrong in the files of the range with its line, and reports the rest", async () => {
    const file = join(folder, device, "2026", "2026-01-12.csv");
    const text = readFileSync(file, "utf8");
    try {
      const lines = text.split("\n");
      lines.splice(100, 1, "2026-01-12T01:39:00+01:00,torn");
      writeFileSync(file, lines.join("\n"));
      const inside = await open(folder).report({ from: "2026-01-12", to: "2026-01-13" });
      expect(inside.archiveProblems).toMatchObject([{ file, line: 101 }]);
      expect(inside.total.days.logged).toBe(2);
      expect((await open(folder).report({ from: "2026-01-20", to })).archiveProblems).toEqual([]);
    } finally {
      writeFileSync(file, text);
    }
  });

  it("names the days without a minute of its range, and not those that the house is learned from", async () => {
    const gappy = temporaryFolder();
    cpSync(folder, gappy, { recursive: true });
    rmSync(join(gappy, device, "2026", "2026-01-12.csv"));
    const problems = async (of: { from: string; to: string }) =>
      (await open(gappy).report(of)).archiveProblems.map(({ problem }) => problem);
    expect(await problems({ from, to })).toEqual(["there is no minute of 2026-01-12"]);
    expect(await problems({ from: "2026-01-20", to })).toEqual([]);
  });

  it("compares two periods of like weather, and finds no change where none was made", async () => {
    const compared = await open(folder).compare({ from, to: "2026-01-14" }, { from: "2026-01-15", to });
    if (!compared.comparable) throw new Error("not comparable");
    const verdicts = Object.values(compared.changes).flatMap((change) => (change === null ? [] : [change.verdict]));
    expect(verdicts.length).toBeGreaterThan(3);
    expect(new Set(verdicts)).toEqual(new Set(["no_change"]));
  });
});
