import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { datesBetween } from "@heatloop/core/time/local-day";
import type { ReportJson } from "@heatloop/ha-addon/report/json/json";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { highestResidentMb } from "#scripts/bench/highest-resident.ts";
import { bundleInto, type Program, startProgram } from "#scripts/bench/program.ts";
import { writeLongArchive } from "#test/support/archives/long-archive.ts";
import { waitFor } from "#test/support/wait-for.ts";

const range = { from: "2025-01-01", to: "2025-07-19" };
const deadlineMs = 280_000;

describe("the bundled program with a heap of 96 MB", () => {
  let folder: string;
  let program: Program;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "heatloop-heap-"));
    await bundleInto(folder);
    writeLongArchive(join(folder, "archive"), "pump", range.from, range.to);
  });

  afterAll(async () => {
    program?.child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    program = await startProgram(folder, "mqtt://127.0.0.1:1", {
      flags: ["--max-old-space-size=96"],
      environment: { MALLOC_ARENA_MAX: "1" },
      settings: { time_zone: "UTC", devices: [{ prefix: "pump" }] },
    });
    await program.logged("logs a heat pump");
  }

  const path = `/api/devices/pump/report.json?from=${range.from}&to=${range.to}`;
  const keptOf = (month: string) => join(folder, "data/day-events/pump", `${month}.json`);

  /** Asks until nothing of the report is pending. */
  function wholeReport(): Promise<ReportJson> {
    const asked = async () => {
      const report = (await (await fetch(`${program.url}${path}`)).json()) as ReportJson;
      return !report.pending && report;
    };
    // Each answer takes memory of its own, so not every 20 ms.
    return waitFor(asked, "a report with nothing pending", deadlineMs, 1_000);
  }

  it("that is killed in the middle of its first report goes on where it stopped", async () => {
    await start();
    const asked = wholeReport().catch((error: unknown) => error);
    await waitFor(() => existsSync(keptOf("2025-02")) || hasEnded(program), "a month is kept", deadlineMs);
    expect(hasEnded(program)).toBe(false);
    program.child.kill("SIGKILL");
    expect(await asked).toBeInstanceOf(Error);
    const { mtimeMs } = statSync(keptOf("2025-01"));

    await start();
    const report = await wholeReport();
    expect(report.total.days).toMatchObject({ logged: 200, complete: 200 });
    expect(report.happened?.days).toBe(200);
    expect(report.happened?.cycles.runs).toBeGreaterThan(0);
    expect(statSync(keptOf("2025-01")).mtimeMs).toBe(mtimeMs);
  }, 600_000);

  it("makes the first report of a long archive in little more memory than its heap", async () => {
    await rm(join(folder, "data/day-events"), { recursive: true, force: true });
    const report = await wholeReport();
    expect(report.happened?.days).toBe(datesBetween(range.from, range.to).length);
    // 136 to 149 MB on a quiet machine; collection lags on a crowded one. It took five times as much once.
    expect(highestResidentMb(program.pid)).toBeLessThan(180);
  }, 300_000);
});

function hasEnded({ child }: Program): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
