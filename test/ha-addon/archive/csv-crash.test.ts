import { spawn } from "node:child_process";
import { once } from "node:events";
import fs, { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { unlocked } from "#test/support/unlocked.ts";
import { waitFor } from "#test/support/wait-for.ts";

const date = "2026-11-21";
const header = "n,x";

function reader(folder: string) {
  return openArchive({ folder, log: recordingLog(), clock: simulatedClock(0) });
}

async function numbersIn(folder: string): Promise<number[]> {
  const lines = await Array.fromAsync(reader(folder).read("pump", date, "minutes"));
  return lines.map(({ row }) => Number(row.split(",")[0]));
}

/** Writes from `first` on and is killed once `rows` are reported; returns the last one reported. */
async function killedWriter(folder: string, first: number, rows: number): Promise<number> {
  // A file, as a pipe's reader may be late and what it has not read be lost with the writer.
  const report = join(folder, `report-${first}`);
  writeFileSync(report, "");
  const writer = spawn(process.execPath, [join(import.meta.dirname, "csv-writer.ts"), folder, report, `${first}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(writer, "close");
  const reported = () => readFileSync(report, "utf8").split("\n").slice(0, -1);
  await waitFor(() => reported().length >= rows, "rows");
  writer.kill("SIGKILL");
  await ended;
  return Number(reported().at(-1));
}

describe("kill -9", () => {
  it("twenty times leaves every reported row there once, in order, and at most the running one besides", async () => {
    const folder = temporaryFolder();
    let next = 0;
    for (let kill = 1; kill <= 20; kill += 1) {
      const reported = await killedWriter(folder, next, 1 + ((kill * 7) % 23));
      const there = await numbersIn(folder);
      const last = there.at(-1) ?? -1;
      expect(there).toEqual(Array.from({ length: last + 1 }, (_, i) => i));
      expect(last - reported).toBeGreaterThanOrEqual(0);
      expect(last - reported).toBeLessThanOrEqual(1);
      next = last + 1;
    }
  });
});

type Fault = "none" | "no space" | "short write" | "sync fails" | "sync and cut fail" | "open fails" | "dead";

/** The real disk with a fault that can be set; it knows how much of each file is certain to be on the disk. */
function faultyDisk() {
  const state = { fault: "none" as Fault, bytesLeft: 0 };
  const failure = (code: string) => Object.assign(new Error(code), { code });
  const dies = () => {
    if (state.fault === "dead") throw failure("EIO");
  };
  const disk: Disk = {
    ...fs,
    openSync(path, flags, mode) {
      dies();
      if (state.fault === "open fails") throw failure("EIO");
      return fs.openSync(path, flags, mode);
    },
    writeSync: ((fd: number, bytes: Uint8Array, offset: number, length: number) => {
      dies();
      if (state.fault === "no space") throw failure("ENOSPC");
      if (state.fault !== "short write") return fs.writeSync(fd, bytes, offset, length);
      if (state.bytesLeft === 0) throw failure("ENOSPC");
      const written = fs.writeSync(fd, bytes, offset, Math.min(length, state.bytesLeft));
      state.bytesLeft -= written;
      return written;
    }) as Disk["writeSync"],
    fdatasync: ((_fd: number, done: fs.NoParamCallback) => {
      const fails = state.fault === "dead" || state.fault.startsWith("sync");
      queueMicrotask(() => done(fails ? failure("EIO") : null));
    }) as Disk["fdatasync"],
    fdatasyncSync() {
      dies();
      if (state.fault.startsWith("sync")) throw failure("EIO");
    },
    fsyncSync: dies,
    ftruncateSync(fd, length) {
      dies();
      if (state.fault === "sync and cut fail") throw failure("EIO");
      fs.ftruncateSync(fd, length);
    },
  };
  return { disk, state };
}

type Step =
  | { readonly do: "append"; readonly rows: number }
  | { readonly do: "fault"; readonly fault: Fault; readonly bytesLeft: number }
  | { readonly do: "wait" }
  | { readonly do: "crash"; readonly keep: number; readonly nuls: number };

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant("append" as const), rows: fc.integer({ min: 1, max: 4 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("fault" as const),
        fault: fc.constantFrom<Fault>(
          "none",
          "none",
          "no space",
          "short write",
          "sync fails",
          "sync and cut fail",
          "open fails",
        ),
        bytesLeft: fc.integer({ min: 0, max: 60 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("crash" as const),
        keep: fc.double({ min: 0, max: 1, noNaN: true }),
        nuls: fc.integer({ min: 0, max: 20 }),
      }),
    },
  ),
  { minLength: 1, maxLength: 40 },
);

const rowOf = (n: number) => `${n},${"x".repeat(n % 9)}`;

/** Runs the steps as a program would that continues behind the last row after each crash; returns what must be there. */
async function run(folder: string, todo: readonly Step[]) {
  const path = join(folder, "pump/2026/2026-11-21.csv");
  let next = 0;
  let durable: number[] = [];
  let waiting: number[] = [];
  let process = start();

  function start() {
    const clock = simulatedClock(0);
    const { disk, state } = faultyDisk();
    return { files: openArchive({ folder, log: recordingLog(), clock, files: disk, lock: unlocked }), clock, state };
  }

  async function account(): Promise<void> {
    await process.files.flush();
    const { buffered } = process.files.health();
    const all = [...durable, ...waiting];
    durable = all.slice(0, all.length - buffered);
    waiting = all.slice(all.length - buffered);
  }

  for (const step of todo) {
    if (step.do === "fault") Object.assign(process.state, { fault: step.fault, bytesLeft: step.bytesLeft });
    if (step.do === "wait") process.clock.advanceTo(process.clock.now() + 60_000);
    if (step.do === "append") {
      const numbers = Array.from({ length: step.rows }, () => next++);
      waiting.push(...numbers);
      await process.files.appendMany({ device: "pump", date, kind: "minutes", header, rows: numbers.map(rowOf) });
    }
    await account();
    if (step.do === "crash") {
      process.state.fault = "dead";
      if (existsSync(path)) {
        // What was not synced may be lost, in part or as a whole, or be NULs.
        const size = statSync(path).size;
        const durableBytes = durable.length === 0 ? 0 : [header, ...durable.map(rowOf)].join("\n").length + 1;
        truncateSync(path, Math.min(size, durableBytes + Math.round(step.keep * Math.max(0, size - durableBytes))));
        if (waiting.length > 0) appendFileSync(path, Buffer.alloc(step.nuls));
      }
      process = start();
      const there = await numbersIn(folder);
      durable = [...durable, ...waiting].filter((n) => there.includes(n) || durable.includes(n));
      waiting = [];
      next = (durable.at(-1) ?? -1) + 1;
    }
  }
  process.state.fault = "none";
  await process.files.append({ device: "pump", date, kind: "minutes", header, row: `${next}` });
  await process.files.close();
  return { expected: [...durable, ...waiting, next], path };
}

describe("any order of appends, faults of the disk and crashes", () => {
  it("reads back as every row that was on the disk or survived in memory, once and in order", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (todo) => {
        const folder = temporaryFolder();
        const { expected, path } = await run(folder, todo);
        const there = await numbersIn(folder);
        expect(there).toEqual(expected);
        expect(there).toEqual(there.map((_, i) => i));
        expect(readFileSync(path, "utf8")).toMatch(/^n,x\n[^\0]*\n$/);
      }),
      { numRuns: 200 },
    );
  });
});
