import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { archiveLock, whenOurs } from "@heatloop/ha-addon/archive/lock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { type FastTime, fastClock } from "#test/support/fast-clock.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const place = { device: "pump", date: "2026-11-21", kind: "minutes", header: "n" } as const;

function open(folder: string, program: string) {
  const log = recordingLog();
  const clock = simulatedClock(0);
  return { files: openArchive({ folder, log, clock, lock: archiveLock({ folder, program }) }), log, clock };
}

describe("an archive that another program writes", () => {
  it("takes no row, and names who writes it", async () => {
    const folder = temporaryFolder();
    const [first, second] = [open(folder, "Heatloop 1, process 7"), open(folder, "an import")];
    await first.files.append({ ...place, row: "1" });
    await second.files.append({ ...place, row: "1" });
    await second.files.append({ ...place, row: "2" });
    expect(readFileSync(join(folder, "pump/2026/2026-11-21.csv"), "utf8")).toBe("n\n1\n");
    expect(first.files.health()).toMatchObject({ ok: true, reason: null });
    const sentence =
      /another program \(Heatloop 1, process 7 on \S+\) writes the archive .*, so nothing is logged here until it ends: end one of the two, or give each an archive of its own/;
    expect(second.files.health()).toMatchObject({ ok: false, reason: expect.stringMatching(sentence), buffered: 0 });
    expect(second.log.lines.filter((line) => sentence.test(line))).toHaveLength(1);
    await first.files.close();
    await second.files.append({ ...place, row: "3" });
    expect(readFileSync(join(folder, "pump/2026/2026-11-21.csv"), "utf8")).toBe("n\n1\n3\n");
    expect(second.files.health()).toMatchObject({ ok: true, reason: null });
    expect(second.log.lines.at(-1)).toMatch(/it is written from here now$/);
    await second.files.close();
  });

  it("is read all the same", async () => {
    const folder = temporaryFolder();
    const first = open(folder, "the first");
    await first.files.append({ ...place, row: "1" });
    const rows = await Array.fromAsync(open(folder, "a report").files.read("pump", place.date, "minutes"));
    expect(rows.map(({ row }) => row)).toEqual(["1"]);
    await first.files.close();
  });

  it("is waited for", async () => {
    const folder = temporaryFolder();
    const [first, second] = [open(folder, "the first"), open(folder, "the second")];
    const begun: number[] = [];
    whenOurs({ claim: first.files.claim, clock: first.clock }, () => begun.push(1));
    whenOurs({ claim: second.files.claim, clock: second.clock }, () => begun.push(2));
    second.clock.advanceTo(3_600_000);
    expect(begun).toEqual([1]);
    await first.files.close();
    second.clock.advanceTo(2 * 3_600_000);
    expect(begun).toEqual([1, 2]);
    await second.files.close();
  });
});

it("a folder that cannot be locked is written all the same, which is logged once", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, ".heatloop.lock"), "this is no lock of ours, but a text of some length");
  const { files, log } = open(folder, "Heatloop");
  await files.append({ ...place, row: "1" });
  await files.append({ ...place, row: "2" });
  expect(readFileSync(join(folder, "pump/2026/2026-11-21.csv"), "utf8")).toBe("n\n1\n2\n");
  expect(files.health()).toMatchObject({ ok: true });
  expect(log.lines.filter((line) => line.includes("the archive cannot be locked"))).toHaveLength(1);
  await files.close();
});

describe("two programs on one archive", () => {
  type Health = { status: string; archive: { state: string; detail: string | null } };
  type Alert = { id: string; message: string };

  async function house() {
    const broker = await testBroker();
    const time: FastTime = { startAt: Date.parse("2026-01-15T08:00:00Z"), anchorMs: Date.now(), speed: 60 };
    const clock = fastClock(time);
    const simulator = startSimulator({ clock, seed: 3, openWire: mqttWires({ url: broker.url }, () => {}) });
    onTestFinished(() => simulator.close());
    const archive = temporaryFolder();
    const program = resolve(import.meta.dirname, "../../support/fast-addon.ts");

    /** Each has settings of its own, and the archive in common. */
    async function start() {
      const child = spawn(process.execPath, [program, broker.url, temporaryFolder(), JSON.stringify(time), archive]);
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text));
      const closed = once(child, "close");
      const end = async (signal: "SIGKILL" | "SIGTERM") => {
        child.kill(signal);
        await closed;
      };
      onTestFinished(() => end("SIGKILL"));
      const url = await waitFor(() => /Heatloop is ready url=(\S+)/.exec(output)?.[1], "the program is ready");
      const get = async <T>(path: string) => (await fetch(url + path)).json() as Promise<T>;
      return { pid: child.pid, output: () => output, get, end };
    }

    const minutes = () => {
      try {
        const text = readFileSync(join(archive, "ecodan-heatpump/2026/2026-01-15.csv"), "utf8");
        return text
          .split("\n")
          .slice(1, -1)
          .map((row) => row.slice(0, 25));
      } catch {
        return [];
      }
    };
    const more = (count: number) => {
      const before = minutes().length;
      return waitFor(() => minutes().length >= before + count, `${count} more minutes are written`);
    };
    return { start, minutes, more };
  }

  it.each(["SIGKILL", "SIGTERM"] as const)(
    "write each minute once; the second reports what is wrong, and goes on when the first ends by %s",
    { timeout: 120_000 },
    async (signal) => {
      const { start, minutes, more } = await house();
      const first = await start();
      await waitFor(() => first.output().includes("logs a heat pump"), "the first program logs");
      const second = await start();
      await more(4);
      expect(second.output()).toContain(`another program (Heatloop, process ${first.pid} on `);
      expect(second.output()).not.toContain("logs a heat pump");
      const health = await second.get<Health>("/api/health");
      expect(health).toMatchObject({ status: "degraded", archive: { state: "failing" } });
      expect(health.archive.detail).toMatch(/nothing is logged here until it ends: end one of the two/);
      const alerts = await second.get<Alert[]>("/api/alerts");
      expect(alerts.find(({ id }) => id === "archive")?.message).toContain(`process ${first.pid}`);
      expect(await first.get<Health>("/api/health")).toMatchObject({ archive: { state: "ok" } });
      await first.end(signal);
      await waitFor(() => second.output().includes("logs a heat pump"), "the second program takes over");
      await more(3);
      expect(await second.get<Health>("/api/health")).toMatchObject({ archive: { state: "ok", detail: null } });
      await second.end("SIGTERM");
      const written = minutes();
      expect(new Set(written).size).toBe(written.length);
      expect([...written].sort()).toEqual(written);
    },
  );
});
