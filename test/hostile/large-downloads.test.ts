import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { datesBetween } from "@heatloop/core/time/local-day";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { highestResidentMb } from "#scripts/bench/highest-resident.ts";
import { residentMb } from "#scripts/bench/processes.ts";
import { bundleInto, type Program, startProgram } from "#scripts/bench/program.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { csvOf, minutesFrom } from "#test/support/examples/archive.ts";

/** How many bytes of an answer come; `onLength` is told how many there will be. */
async function countedBytes(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ bytes: number; answer: IncomingMessage }> {
  return new Promise((done, failed) => {
    get(url, { headers, agent: false }, (answer) => {
      let bytes = 0;
      answer.on("data", (piece: Buffer) => (bytes += piece.length));
      answer.on("end", () => done({ bytes, answer }));
      answer.on("error", failed);
    }).on("error", failed);
  });
}

describe("a year of minutes, downloaded from the bundled program", () => {
  let folder: string;
  let program: Program;
  const year = "from=2025-01-01&to=2025-12-31";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "heatloop-year-"));
    await bundleInto(folder);
    mkdirSync(join(folder, "archive/pump/2025"), { recursive: true });
    const day = csvOf(minutesFrom("2025-01-01", 1440), namedZone("Europe/Rome")).replaceAll("+01:00", "+00:00");
    for (const date of datesBetween("2025-01-01", "2025-12-31")) {
      writeFileSync(join(folder, `archive/pump/2025/${date}.csv`), day.replaceAll("2025-01-01", date));
    }
    program = await startProgram(folder, "mqtt://127.0.0.1:1", {
      environment: { MALLOC_ARENA_MAX: "1" },
      settings: { time_zone: "UTC", devices: [{ prefix: "pump" }] },
    });
    await program.logged("logs a heat pump");
  }, 120_000);

  afterAll(async () => {
    program?.child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  it("takes at most 30 MB of memory, and goes on where it was cut off", async () => {
    const url = `${program.url}/api/devices/pump/minutes.csv?${year}`;
    const before = residentMb(program.pid);
    const { bytes, answer } = await countedBytes(url);
    expect((highestResidentMb(program.pid) * 1024 ** 2) / 1e6 - before).toBeLessThan(30);
    expect(Number(answer.headers["content-length"])).toBe(bytes);
    expect(bytes).toBeGreaterThan(365 * 1440 * minutesHeader.split(",").length);
    const rest = await countedBytes(url, { range: `bytes=${bytes - 1_000}-`, "if-range": String(answer.headers.etag) });
    expect([rest.answer.statusCode, rest.bytes]).toEqual([206, 1_000]);
  }, 120_000);
});
