import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { archiveLock } from "@heatloop/ha-addon/archive/lock";
import { describe, expect, it, onTestFinished } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { archiveFolder, namedZone } from "#test/support/archives/archive-folder.ts";
import { collect } from "#test/support/logging-home.ts";
import { migrate } from "#test/support/migration/run-migrate.ts";
import { waitFor } from "#test/support/wait-for.ts";

const rome = namedZone("Europe/Rome");
const start = rome.startOf("2026-03-28");
const known = (i: number) => wholeMinute(start + i * minuteMs, "heating", { heatWh: 80 + (i % 9), electricityWh: 20 });
const blank = (i: number) => minuteOf(start + i * minuteMs);

async function archiveOf(minutes: readonly Minute[]) {
  const kept = archiveFolder();
  const { archive, files } = kept.open();
  for (const [date, rows] of Map.groupBy(minutes, ({ at }) => rome.dateOf(at))) {
    for (const row of rows) await archive.writeMinute("hp", row);
    expect(rome.dateOf(rows[0]?.at ?? 0)).toBe(date);
  }
  await files.close();
  return kept;
}

async function rowsIn(kept: Awaited<ReturnType<typeof archiveOf>>): Promise<Minute[]> {
  return collect(kept.open().archive.minutes("hp", start - minuteMs, start + 10 * 1440 * minuteMs));
}

const args = (old: string, fresh: string) => [
  "--old",
  old,
  "--new",
  fresh,
  "--device",
  "hp",
  "--time-zone",
  "Europe/Rome",
];

describe("the import of an old archive", () => {
  it("fills what the new one lacks or knows less of, over the day that has 23 hours, in files of every kind", async () => {
    const minutes = 2 * 1440 + 30;
    const old = await archiveOf(Array.from({ length: minutes }, (_, i) => known(i)));
    const fresh = await archiveOf(
      Array.from({ length: minutes }, (_, i) => i).flatMap((i) =>
        i < 60 || i % 500 === 7 ? [] : [i % 500 < 20 ? blank(i) : known(i)],
      ),
    );
    const year = join(fresh.folder, "hp/2026");
    const packed = join(year, "2026-03-28.csv");
    writeFileSync(`${packed}.zst`, zstdCompressSync(readFileSync(packed)));
    rmSync(packed);
    const [header = "", ...rows] = readFileSync(join(year, "2026-03-29.csv"), "utf8").trimEnd().split("\n");
    writeFileSync(join(year, "2026-03-29.csv"), `${[header, ...rows.slice(0, 700)].join("\n")}\n`);
    writeFileSync(join(year, "2026-03-29.2.csv"), `${[header, ...rows.slice(700)].join("\n")}\n`);
    const before = readdirSync(year).sort();

    const { code, output } = await migrate(["import", ...args(old.folder, fresh.folder)]);

    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/minutes on 2 days, \d+ of them missing so far, were brought in/),
    ]);
    expect(await rowsIn(fresh)).toEqual(await rowsIn(old));
    expect(readdirSync(year).sort()).toEqual(["2026-03-28.csv", "2026-03-29.csv", "2026-03-30.csv"]);
    expect(readdirSync(join(`${fresh.folder}.before-migration`, "hp/2026")).sort()).toEqual(
      before.filter((name) => !name.startsWith("2026-03-30")),
    );
    onTestFinished(() => rmSync(`${fresh.folder}.before-migration`, { recursive: true }));
  });

  it("loses no row of an archive whose files go by another time zone", async () => {
    const rows = Array.from({ length: 2900 }, (_, i) => i);
    const old = await archiveOf(rows.map(known));
    const fresh = archiveFolder("America/New_York");
    const { archive, files } = fresh.open();
    for (const i of rows) await archive.writeMinute("hp", i > 300 && i < 330 ? blank(i) : known(i));
    await files.close();
    fresh.zone = rome;
    await migrate(["import", ...args(old.folder, fresh.folder), "--keep", join(old.folder, "kept")]);
    expect(await rowsIn(fresh)).toEqual(await rowsIn(old));
  });

  it("makes an archive of none, and copies prices that the new one does not have", async () => {
    const old = await archiveOf([known(0), known(1), known(3)]);
    const fresh = archiveFolder();
    for (const [folder, text] of [
      [old.folder, "of the old"],
      [fresh.folder, "of the new"],
    ] as const) {
      mkdirSync(join(folder, "prices/2026"), { recursive: true });
      writeFileSync(join(folder, "prices/2026/2026-03-28.csv"), text);
    }
    writeFileSync(join(old.folder, "prices/2026/2026-03-27.csv"), "the day before");
    const { output } = await migrate([
      "import",
      ...args(old.folder, fresh.folder),
      "--keep",
      join(fresh.folder, "kept"),
    ]);
    expect(output).toMatch(
      /^3 minutes on 1 day, 3 of them missing so far, were brought in\..*\n1 file of prices or surplus copied\.\n1 minute is in neither of them/,
    );
    expect(await rowsIn(fresh)).toEqual(await rowsIn(old));
    expect(readFileSync(join(fresh.folder, "prices/2026/2026-03-28.csv"), "utf8")).toBe("of the new");
    expect(readFileSync(join(fresh.folder, "prices/2026/2026-03-27.csv"), "utf8")).toBe("the day before");
  });

  it("that is killed at any moment ends right when it is run again", async () => {
    const old = await archiveOf(Array.from({ length: 3000 }, (_, i) => known(i)));
    const fresh = await archiveOf(
      Array.from({ length: 3000 }, (_, i) => i).flatMap((i) =>
        i % 3 === 0 ? [blank(i)] : i % 7 === 0 ? [] : [known(i)],
      ),
    );
    const year = join(fresh.folder, "hp/2026");
    const whole = `${fresh.folder}-whole`;
    cpSync(fresh.folder, whole, { recursive: true });
    onTestFinished(() => {
      for (const folder of [whole, `${whole}.before-migration`, `${fresh.folder}.before-migration`])
        rmSync(folder, { recursive: true, force: true });
    });
    await migrate(["import", ...args(old.folder, whole)]);
    const original = readdirSync(year).map((name) => readFileSync(join(year, name), "utf8"));
    for (let written = 1; written <= 2; written += 1) {
      const script = join(import.meta.dirname, "../../../scripts/migrate.ts");
      const child = spawn(process.execPath, [script, "import", ...args(old.folder, fresh.folder)], { stdio: "ignore" });
      const exited = once(child, "exit");
      const changed = () =>
        readdirSync(year).filter((name, i) => readFileSync(join(year, name), "utf8") !== original[i]).length;
      await Promise.race([waitFor(() => changed() >= written, "a date is written"), exited]);
      child.kill("SIGKILL");
      await exited;
    }
    const { code } = await migrate(["import", ...args(old.folder, fresh.folder)]);
    expect(code).toBe(0);
    for (const name of readdirSync(join(whole, "hp/2026"))) {
      expect(readFileSync(join(year, name), "utf8"), name).toBe(readFileSync(join(whole, "hp/2026", name), "utf8"));
    }
  });

  it("does not touch files with columns that it does not know, and says what to do", async () => {
    const old = await archiveOf([known(0), known(1)]);
    const fresh = await archiveOf([blank(0)]);
    const file = join(fresh.folder, "hp/2026/2026-03-28.csv");
    const [header, row] = readFileSync(file, "utf8").trimEnd().split("\n");
    const text = `${header},tomorrow_c\n${row},1\n`;
    writeFileSync(file, text);
    const { code, output } = await migrate(["import", ...args(old.folder, fresh.folder)]);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(
        /has columns that this version does not know \(tomorrow_c\): use the version that wrote it/,
      ),
    ]);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("waits for nobody: where a program writes the new archive it says so, and a dry run may run beside it", async () => {
    const old = await archiveOf([known(0)]);
    const fresh = await archiveOf([blank(0)]);
    const lock = archiveLock({ folder: fresh.folder, program: "Heatloop" });
    lock.claim();
    onTestFinished(() => lock.release());
    const refused = await migrate(["import", ...args(old.folder, fresh.folder)]);
    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringMatching(/Nothing was imported, as another program \(Heatloop on .*\) writes/),
    ]);
    const dry = await migrate(["import", ...args(old.folder, fresh.folder), "--dry-run"]);
    expect([dry.code, dry.output]).toEqual([
      0,
      expect.stringMatching(/1 minute on 1 day, 0 of them missing so far, would be brought in/),
    ]);
  });

  it.each([
    ["no folder", "nowhere", /There is no folder .*nowhere: --old takes the archive's folder/],
    ["no archive of the heat pump", "", /has no heat pump "hp", but no heat pump: --device takes the folder's name/],
  ])("of %s says so", async (_, path, reason) => {
    const fresh = await archiveOf([known(0)]);
    const { code, output } = await migrate(["import", ...args(join(archiveFolder().folder, path), fresh.folder)]);
    expect([code, output]).toEqual([1, expect.stringMatching(reason)]);
  });
});
