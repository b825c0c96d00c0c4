import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { cellMs, type Slot } from "@heatloop/core/time/slots";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { slotArchive } from "@heatloop/ha-addon/archive/slot-archive";
import { systemClock } from "@heatloop/program/clock";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotSeries } from "#test/core/examples/example-slots.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const at = (text: string) => Date.parse(text);
const hour = (text: string, value: number): Slot => ({ start: at(text), end: at(text) + 3_600_000, value });

function open(folder: string) {
  const log = recordingLog();
  const files = openArchive({ folder, log, clock: systemClock() });
  return {
    log,
    files,
    prices: slotArchive({ files, kind: "prices", zone: () => rome, log }),
    surplus: slotArchive({ files, kind: "surplus", zone: () => rome, log }),
  };
}

describe("prices in the archive", () => {
  it("are a plain file a local date, and are read back", async () => {
    const folder = temporaryFolder();
    const { prices } = open(folder);
    const kept = [
      hour("2026-10-24T23:00+02:00", 0.1),
      hour("2026-10-25T00:00+02:00", 0.2),
      hour("2026-10-25T02:00+01:00", 0.3),
    ];
    expect(await prices.keep(kept)).toBe(3);
    expect(readFileSync(join(folder, "prices/2026/2026-10-25.csv"), "utf8")).toBe(
      "start,end,price_per_kwh\n" +
        "2026-10-25T00:00:00+02:00,2026-10-25T01:00:00+02:00,0.2\n" +
        "2026-10-25T02:00:00+01:00,2026-10-25T03:00:00+01:00,0.3\n",
    );
    const series = await open(folder).prices.series("2026-10-24", "2026-10-25");
    expect(
      ["2026-10-24T23:59+02:00", "2026-10-25T00:59+02:00", "2026-10-25T01:00+02:00", "2026-10-25T02:30+01:00"].map(
        (time) => series.at(at(time)),
      ),
    ).toEqual([0.1, 0.2, null, 0.3]);
  });

  it("are written once, however often they come, also after a restart", async () => {
    const folder = temporaryFolder();
    const day = [hour("2026-01-31T00:00+01:00", 0.1), hour("2026-01-31T01:00+01:00", 0.2)];
    const { prices } = open(folder);
    expect(await Promise.all([prices.keep(day), prices.keep(day), prices.keep([])])).toEqual([2, 0, 0]);
    expect(await open(folder).prices.keep(day)).toBe(0);
    expect(await open(folder).prices.keep([...day, hour("2026-01-31T02:00+01:00", 0.3)])).toBe(1);
  });

  it("that are corrected have the later value, and hours give way to quarter hours", async () => {
    const { prices } = open(temporaryFolder());
    const start = at("2026-01-31T00:00+01:00");
    await prices.keep([hour("2026-01-31T00:00+01:00", 0.1)]);
    expect(await prices.keep([hour("2026-01-31T00:00+01:00", 0.15)])).toBe(1);
    await prices.keep([{ start: start + 900_000, end: start + 1_800_000, value: 0.5 }]);
    const series = await prices.series("2026-01-31", "2026-01-31");
    expect([0, 15, 30].map((minute) => series.at(start + minute * 60_000))).toEqual([0.15, 0.5, 0.15]);
    expect(await prices.keep([hour("2026-01-31T00:00+01:00", 0.15)])).toBe(1);
  });

  it("of a whole month are in the files of its days", async () => {
    const { prices, files } = open(temporaryFolder());
    await prices.keep([{ start: at("2026-02-01T00:00+01:00"), end: at("2026-03-01T00:00+01:00"), value: 0.3 }]);
    expect(await files.dates("prices")).toHaveLength(28);
    const series = await prices.series("2026-02-14", "2026-02-14");
    expect(series.at(at("2026-02-14T12:00Z"))).toBe(0.3);
    expect(series.at(at("2026-02-16T12:00Z"))).toBeNull();
  });

  it("are no heat pump, and neither is the surplus beside them", async () => {
    const { prices, surplus, files } = open(temporaryFolder());
    await prices.keep([hour("2026-01-31T00:00+01:00", 0.1)]);
    await surplus.keep([hour("2026-01-31T00:00+01:00", 1500)]);
    expect(await files.devices()).toEqual([]);
    expect((await surplus.series("2026-01-31", "2026-01-31")).at(at("2026-01-31T00:30+01:00"))).toBe(1500);
  });

  it("are read around a line that is none, which is named once", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "prices/2026"), { recursive: true });
    const good = "2026-01-31T00:00:00+01:00,2026-01-31T01:00:00+01:00,0.2";
    const file = join(folder, "prices/2026/2026-01-31.csv");
    writeFileSync(file, `start,end,price_per_kwh\n${good}\nx,y,z\n`);
    const { prices, log } = open(folder);
    for (let i = 0; i < 2; i += 1) {
      expect((await prices.series("2026-01-31", "2026-01-31")).at(at("2026-01-31T00:30+01:00"))).toBe(0.2);
    }
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toContain(
      `a line of the archive cannot be read and is left out file=${file} line=3 found="\\"x\\""`,
    );
  });
});

it("whatever is kept, in whatever order, the archive has what was kept last", async () => {
  const start = at("2026-03-28T20:00+01:00");
  const slot = fc
    .record({ from: fc.nat(300), length: fc.integer({ min: 1, max: 60 }), value: fc.nat(3) })
    .map(({ from, length, value }) => ({ start: start + from * cellMs, end: start + (from + length) * cellMs, value }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(slot, { maxLength: 4 }), { maxLength: 5 }), async (batches) => {
      const folder = temporaryFolder();
      const { prices } = open(folder);
      for (const batch of batches) await prices.keep(batch);
      const expected = slotSeries(batches.flat());
      const series = await open(folder).prices.series("2026-03-28", "2026-03-30");
      for (let cell = 0; cell < 360; cell += 1) {
        expect(series.at(start + cell * cellMs)).toBe(expected.at(start + cell * cellMs));
      }
    }),
    { numRuns: 15 },
  );
});
