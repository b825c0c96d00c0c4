import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RowsOnDisk, rowsOnDisk } from "#test/support/archives/rows-on-disk.ts";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { fastClock } from "#test/support/fast-clock.ts";
import { startFastProgram } from "#test/support/fast-program.ts";
import { waitFor } from "#test/support/wait-for.ts";

const speed = 40;
/** In the program's time: how long a row may be on its way to the disk of a busy machine (half a second). */
const writingMs = 500 * speed;
const kills = 20;

type Run = { readonly child: ChildProcess; readonly readyAt: number };

describe("the program, killed at random moments", () => {
  // A cold morning, hours away from the midnight at which the counter starts again.
  const time = { startAt: Date.parse("2026-01-15T08:00:00Z"), anchorMs: Date.now(), speed };
  const clock = fastClock(time);
  let broker: TestBroker;
  let folder: string;
  let stopSimulator: () => Promise<void>;
  let rows: RowsOnDisk["rows"];
  let columns: RowsOnDisk["columns"];
  let torn: RowsOnDisk["torn"];
  const lives: { readonly from: number; readonly to: number; readonly signal: "SIGKILL" | "SIGTERM" }[] = [];

  async function start(): Promise<Run> {
    const child = await startFastProgram({ brokerUrl: broker.url, folder, time });
    return { child, readyAt: clock.now() };
  }

  async function end({ child, readyAt }: Run, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const exited = once(child, "exit");
    const to = clock.now();
    child.kill(signal);
    await exited;
    lives.push({ from: readyAt, to, signal });
  }

  beforeAll(async () => {
    broker = await startBroker();
    folder = await mkdtemp(join(tmpdir(), "heatloop-kill-"));
    const simulator = startSimulator({ clock, seed: 3, openWire: mqttWires({ url: broker.url }, () => {}) });
    stopSimulator = () => simulator.close();
    for (let kill = 0; kill < kills; kill += 1) {
      const run = await start();
      const lifeMs = (1 + 3 * Math.random()) * 1000;
      await new Promise((wait) => setTimeout(wait, lifeMs));
      await end(run, "SIGKILL");
    }
    const last = await start();
    // Not at the very begin of a minute, of which nothing is known yet.
    const isAmidst = () => clock.now() > last.readyAt + minuteMs && clock.now() % minuteMs > minuteMs / 3;
    await waitFor(isAmidst, "a minute has gone on for a while");
    await end(last, "SIGTERM");
    ({ rows, columns, torn } = await rowsOnDisk(join(folder, "archive", "ecodan-heatpump")));
  }, 240_000);

  afterAll(async () => {
    await stopSimulator();
    await broker.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("has written every finished minute, and each once", () => {
    for (const life of lives) {
      const first = Math.ceil(life.from / minuteMs) * minuteMs;
      for (let at = first; at + minuteMs + writingMs <= life.to; at += minuteMs) {
        expect(rows.get(at), `the minute of ${new Date(at).toISOString()}`).toHaveLength(1);
      }
    }
    for (const [at, written] of rows) expect(written, new Date(at).toISOString()).toHaveLength(1);
  });

  it("leaves no torn line in the log", () => {
    expect(torn).toEqual([]);
  });

  it("loses no electricity over all the kills", () => {
    const column = (name: string) => columns.indexOf(name);
    const ordered = [...rows].sort(([a], [b]) => a - b).flatMap(([, written]) => written);
    const counters = ordered
      .map((row) => row.split(",")[column("daily_electricity_kwh")])
      .filter((text) => text !== "");
    const travelWh = (Number(counters.at(-1)) - Number(counters[0])) * 1000;
    const firstCounted = ordered.findIndex((row) => row.split(",")[column("daily_electricity_kwh")] !== "");
    const loggedWh = ordered
      .slice(firstCounted + 1)
      .reduce((sum, row) => sum + Number(row.split(",")[column("electricity_wh")]), 0);
    expect(travelWh).toBeGreaterThan(0);
    expect(loggedWh).toBeCloseTo(travelWh, 3);
  });

  it("writes the running minute when it is asked to end", () => {
    const last = lives.at(-1);
    const running = Math.floor((last?.to ?? 0) / minuteMs) * minuteMs;
    expect(rows.get(running)).toHaveLength(1);
  });
});
