import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { dateAfter, datesBetween, previousDate } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { slotArchive } from "@heatloop/ha-addon/archive/slot-archive";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { startReportPublisher } from "@heatloop/ha-addon/report/publish-reports";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backfill } from "#scripts/demo-house/backfill.ts";
import { rome } from "#test/support/examples/archive.ts";
import { readCountingDisk } from "#test/support/read-counting-disk.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const device = "ecodan-heatpump";
/** The clocks go forward on the 29th. */
const [first, today] = ["2026-03-22", "2026-03-31"];
const now = rome.startOf(today) + 18 * 3_600_000;
const muchLater = rome.startOf("2027-01-01");
const priced = { tariff: { price_per_kwh: 0.3, currency: "EUR", pv: { price_per_kwh: 0.08 } } };

const simulated = mkdtempSync(join(tmpdir(), "heatloop-once-"));
afterAll(() => rmSync(simulated, { recursive: true, force: true }));
beforeAll(async () => {
  const files = openArchive({ folder: simulated, log: recordingLog(), clock: simulatedClock(now) });
  const range = { from: rome.startOf(first), to: now };
  await backfill({ options: { seed: 7 }, ...range, zone: rome, files, onProgress: () => undefined });
  await files.close();
}, 120_000);

/** Each date's file: as it was written, compressed, or divided where its columns changed. */
const layouts = {
  plain: () => undefined,
  compressed(home: string) {
    for (const name of minuteFilesIn(home)) {
      const bytes = readFileSync(join(home, name));
      const isOdd = Number(name.slice(9, 10)) % 2 === 1;
      writeFileSync(join(home, `${name}${isOdd ? ".gz" : ".zst"}`), isOdd ? gzipSync(bytes) : zstdCompressSync(bytes));
      rmSync(join(home, name));
    }
  },
  "in two layouts a day"(home: string) {
    for (const name of minuteFilesIn(home)) {
      const [header = "", ...lines] = readFileSync(join(home, name), "utf8").trimEnd().split("\n");
      const later = lines.splice(500).map((line) => `${line},-`);
      writeFileSync(join(home, name), `${[header, ...lines].join("\n")}\n`);
      writeFileSync(join(home, name.replace(".csv", ".2.csv")), `${[`${header},remark`, ...later].join("\n")}\n`);
    }
  },
};

function minuteFilesIn(home: string): string[] {
  return readdirSync(home).filter((name) => /^\d{4}-\d\d-\d\d(\.\d)?\.csv(\.gz|\.zst)?$/.test(name));
}

/** The archive in one of the layouts, opened with a disk that counts; `data`: where finished days are kept. */
function opened(layout: keyof typeof layouts, settings: unknown, data?: string) {
  const archive = temporaryFolder();
  cpSync(simulated, archive, { recursive: true });
  const home = join(archive, device, "2026");
  layouts[layout](home);
  const settingsOf = (of: unknown) => {
    const parsed = parseSettings(of);
    expect(parsed.mistakes).toEqual([]);
    return parsed.settings;
  };
  let known = settingsOf(settings);
  const { disk, reads } = readCountingDisk();
  const log = recordingLog();
  const clock = simulatedClock(now);
  const files = openArchive({ folder: archive, log, clock, files: disk });
  const settingsNow = {
    current: () => known,
    onChange: () => () => undefined,
    change(to: unknown) {
      known = settingsOf(to);
    },
  };
  const zone = () => rome;
  const folders = data === undefined ? undefined : { archive, data };
  const energy = openArchiveReports({
    ...{ clock, log, files, folders, zone, settings: settingsNow },
    ...{ homeAssistant: undefined, version: "1" },
  });
  /** How often each file of some dates is to be read: once. */
  const once = (from: string, to: string) =>
    new Map(
      minuteFilesIn(home)
        .filter((name) => name.slice(0, 10) >= from && name.slice(0, 10) <= to)
        .map((name) => [`${device}/${name}`, 1]),
    );
  return { ...energy, files, clock, log, zone, settings: settingsNow, reads, once, home };
}
type Opened = ReturnType<typeof opened>;

const never = new Promise<void>(() => {});
type Asked = readonly [name: string, from: string, to: string, ask: (world: Opened) => Promise<unknown>];
/** With a tariff they are made of the days from the first of the month on, by which the cost of a day is rounded. */
const askedOfCost: readonly Asked[] = [
  [
    "a report of finished days",
    "2026-03-25",
    "2026-03-28",
    ({ reports }) => reports.report(device, { from: "2026-03-25", to: "2026-03-28", house: false }, muchLater),
  ],
  [
    "a report over the night in which the clocks change, with the running day",
    "2026-03-28",
    today,
    ({ reports }) => reports.report(device, { from: "2026-03-28", to: today, house: false }, now),
  ],
  [
    "a report with the house, which is learned from the days before",
    first,
    today,
    ({ reports }) => reports.report(device, { from: "2026-03-30", to: today, timesUp: never }, now),
  ],
  [
    "a report of energy and cost alone",
    "2026-03-26",
    "2026-03-27",
    ({ reports }) => reports.report(device, { from: "2026-03-26", to: "2026-03-27", events: false }, now),
  ],
  ["the reports that are published", first, today, published],
];
const asked: readonly Asked[] = [
  ...askedOfCost,
  [
    "a comparison of two periods, one behind the other",
    "2026-03-23",
    "2026-03-28",
    ({ reports }) =>
      reports.compare(
        device,
        { from: "2026-03-23", to: "2026-03-25" },
        { from: "2026-03-26", to: "2026-03-28" },
        muchLater,
      ),
  ],
];

/** The reports of yesterday, of the month so far (from the 1st, of which the archive has nothing) and of the last week. */
async function published(world: Opened): Promise<void> {
  const payloads: string[] = [];
  const mqtt = {
    connected: () => true,
    limits: () => ({ packetBytes: 1e6, retain: true, qos: 2, topicAliases: 0 }) as never,
    publish: async (_: string, payload: string) => {
      payloads.push(payload);
      return true;
    },
    subscribe: () => () => {},
    onConnected: () => () => {},
    close: async () => {},
  };
  const publisher = startReportPublisher({
    ...world,
    mqtt: mqtt as never,
    language: () => "en",
    devices: () => [{ id: device, name: "Pump" }],
    publishingRight: { mayPublishFor: () => true, onChange: () => () => {} },
  });
  world.clock.advanceTo(now + 60_000);
  await waitFor(() => payloads.length > 0, "the reports were published");
  publisher.close();
  expect(JSON.parse(payloads[0] as string).month.heat_kwh).toBeGreaterThan(100);
}

describe.each(Object.keys(layouts) as (keyof typeof layouts)[])("of files %s", (layout) => {
  it.each(asked)("%s reads each file once", async (_, from, to, ask) => {
    const world = opened(layout, {});
    await ask(world);
    expect(world.reads).toEqual(world.once(previousDate(from), dateAfter(to, 2)));
  });

  it.each(askedOfCost)("%s reads each file once with a tariff", async (_, _from, to, ask) => {
    const world = opened(layout, priced);
    await ask(world);
    expect(world.reads).toEqual(world.once(first, dateAfter(to, 2)));
  });

  it("a second report reads the files of days that are not finished, and once all are, none", async () => {
    const data = temporaryFolder();
    const world = opened(layout, priced, data);
    const range = { from: "2026-03-24", to: today };
    const cold = await world.reports.report(device, range, now);
    world.reads.clear();
    expect(await world.reports.report(device, range, now)).toEqual(cold);
    expect(world.reads).toEqual(world.once("2026-03-29", today));
    const finished = await world.reports.report(device, range, muchLater);
    world.reads.clear();
    expect(await world.reports.report(device, range, muchLater)).toEqual(finished);
    expect(world.reads).toEqual(new Map());
  });
});

it("one of two finished days whose file has changed is read again, with its neighbours, each once", async () => {
  const world = opened("plain", priced, temporaryFolder());
  const range = { from: first, to: today, house: false };
  const before = await world.reports.report(device, range, muchLater);
  const file = join(world.home, "2026-03-24.csv");
  writeFileSync(file, readFileSync(file, "utf8").split("\n").slice(0, 700).join("\n").concat("\n"));
  world.reads.clear();
  const after = await world.reports.report(device, range, muchLater);
  // The days that follow from it are the 22nd to the 25th.
  expect(world.reads).toEqual(world.once(first, dateAfter("2026-03-25", 2)));
  expect(after.total.electricityWh).toBeLessThan(before.total.electricityWh ?? 0);
  expect(after.cost?.cost).toBeLessThan(before.cost?.cost ?? 0);
});

it("the bills of finished days are kept until a price of theirs comes late, or the tariff is another one", async () => {
  const data = temporaryFolder();
  const dynamic = { tariff: { currency: "EUR", dynamic: { entity: "sensor.price" } } };
  const world = opened("plain", dynamic, data);
  const range = { from: "2026-03-23", to: "2026-03-28", house: false };
  const { keep } = slotArchive({ files: world.files, kind: "prices", zone: world.zone, log: world.log });
  const price = (date: string) => keep([{ start: rome.startOf(date), end: rome.endOf(date), value: 0.25 }]);
  const made = async () => {
    const { cost } = await world.reports.report(device, range, muchLater);
    const read = [...world.reads].filter(([name]) => name.startsWith(device));
    world.reads.clear();
    return { cost: cost?.cost ?? 0, read: new Map(read) };
  };
  for (const date of datesBetween(range.from, "2026-03-27")) await price(date);
  const withoutLast = await made();
  expect((await made()).read).toEqual(new Map());
  await price("2026-03-28");
  const whole = await made();
  expect(whole.cost).toBeGreaterThan(withoutLast.cost);
  expect(whole.read).toEqual(world.once("2026-03-25", "2026-03-30"));
  world.settings.change({ tariff: { ...dynamic.tariff, standing_charge: { amount: 1, per: "day" } } });
  const charged = await made();
  expect(charged.read).toEqual(world.once("2026-03-22", "2026-03-30"));
  expect(charged.cost).toBe(whole.cost);
});
