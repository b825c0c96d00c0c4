import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulation, startSimulation } from "@heatloop/simulator/simulation";
import { runSimulation, type Simulator } from "@heatloop/simulator/simulator";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { freePort } from "#scripts/base/free-port.ts";
import { type RowsOnDisk, rowsOnDisk } from "#test/support/archives/rows-on-disk.ts";
import { startTcpProxy, type TcpProxy } from "#test/support/broker/tcp-proxy.ts";
import { fastClock } from "#test/support/fast-clock.ts";
import { startFastProgram } from "#test/support/fast-program.ts";
import { commandsThatComeHome, waitForBridge } from "#test/support/migration/bridge.ts";
import { migrate, startMigrate } from "#test/support/migration/run-migrate.ts";
import { heatPump, startTwoServers, type TwoServers } from "#test/support/migration/two-servers.ts";
import { waitFor } from "#test/support/wait-for.ts";

const time = { startAt: Date.parse("2026-01-15T08:00:00Z"), anchorMs: Date.now(), speed: 30 };
const secrets = `# mine
wifi_ssid: Home
mqtt_broker: 192.168.1.10
mqtt_username: ecodan
mqtt_password: "old # one"
`;

describe("a heat pump that moves from home to a server", () => {
  const clock = fastClock(time);
  const folder = mkdtempSync(join(tmpdir(), "heatloop-migration-"));
  const [esp32, flashed] = [join(folder, "esphome"), join(folder, "flashed")];
  let servers: TwoServers;
  let internet: TcpProxy;
  let simulation: Simulation;
  let simulator: Simulator;
  const programs: ChildProcess[] = [];
  /** What each step printed. */
  const said: Record<string, { readonly code: number; readonly output: string }> = {};
  let beforeImport: RowsOnDisk;
  let merged: RowsOnDisk;
  let cutAt: number;
  /** How long the switch took, from its first look at the server on. */
  let awayMs: number;
  let commandsAtHome: readonly string[];
  const archiveOf = (side: string) => join(folder, side, "archive");
  const range = [
    "--old",
    archiveOf("old"),
    "--new",
    archiveOf("new"),
    "--device",
    heatPump,
    "--time-zone",
    "Europe/Rome",
  ];

  async function startProgram(side: "old" | "new", url: string): Promise<ChildProcess> {
    const child = await startFastProgram({ brokerUrl: url, folder: join(folder, side), time });
    programs.push(child);
    return child;
  }

  async function pass(minutes: number): Promise<void> {
    const until = clock.now() + minutes * minuteMs;
    await waitFor(() => clock.now() >= until, `${minutes} minutes`);
  }

  async function endProgram(child: ChildProcess): Promise<void> {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  /** The ESP32 starts with what was flashed: it leaves its broker as a restart does, and connects to the one of its secrets. */
  function startAsFlashed(): void {
    const now = parse(readFileSync(join(esp32, "secrets.yaml"), "utf8")) as Record<string, string>;
    const isAtServer = now.mqtt_broker === "127.0.0.1";
    const caFile = join(folder, "esp32-ca.crt");
    if (isAtServer) writeFileSync(caFile, now.mqtt_certificate_authority ?? "");
    const address = isAtServer
      ? { url: `mqtts://127.0.0.1:${internet.port}`, username: now.mqtt_username, password: now.mqtt_password, caFile }
      : { url: servers.old.url };
    simulation.rewire(mqttWires(address, () => {}));
  }

  async function whenFlashed(): Promise<void> {
    await waitFor(() => existsSync(flashed), "the ESP32 is flashed");
    rmSync(flashed);
    startAsFlashed();
  }

  /** What a person does who is told to end the bridge. */
  async function endBridgeWhenAsked(output: () => string): Promise<void> {
    await waitFor(() => output().includes("End the bridge"), `asked to end the bridge: ${output()}`);
    await servers.old.restartWith("");
  }

  beforeAll(async () => {
    servers = await startTwoServers(folder, await freePort());
    internet = await startTcpProxy(servers.tlsPort);
    const server = [
      "--server",
      "127.0.0.1",
      "--port",
      String(internet.port),
      "--ca",
      servers.caFile,
      "--device",
      heatPump,
    ];
    const door = [...server, "--password-file", servers.passwordFile];
    mkdirSync(esp32);
    writeFileSync(join(esp32, "secrets.yaml"), secrets);
    const program = join(folder, "esphome-program");
    writeFileSync(program, `#!/bin/sh\n[ "$1" = compile ] || touch ${flashed}\n`);
    chmodSync(program, 0o755);
    simulation = startSimulation({
      startAt: clock.now(),
      seed: 5,
      openWire: mqttWires({ url: servers.old.url }, () => {}),
    });
    simulator = runSimulation(simulation, clock);

    const old = await startProgram("old", servers.old.url);
    await pass(4);
    const out = join(folder, "bridge");
    said.bridge = await migrate(["bridge", ...door, "--out", out, "--folder", out]);
    await servers.old.restartWith(readFileSync(join(out, "heatloop-bridge.conf"), "utf8"));
    const fresh = await startProgram("new", servers.innerUrl);
    said.check = await migrate(["check", ...door]);
    commandsAtHome = await commandsThatComeHome(servers);
    await pass(5);
    cutAt = clock.now();
    await internet.close();
    await pass(6);
    internet = await startTcpProxy(servers.tlsPort, internet.port);
    await waitForBridge(servers);
    await pass(4);
    said.compare = await migrate(["compare", ...range, "--csv", join(folder, "differences.csv")]);

    const leavesAt = clock.now();
    const switching = startMigrate(["switch", ...door, "--esp32", esp32, "--esphome", program]);
    await Promise.all([endBridgeWhenAsked(switching.output), whenFlashed()]);
    said.switch = { code: await switching.ended, output: switching.output() };
    awayMs = clock.now() - leavesAt;
    await pass(5);
    await endProgram(old);
    await endProgram(fresh);
    beforeImport = await rowsOnDisk(join(archiveOf("new"), heatPump));
    said.dryRun = await migrate(["import", ...range, "--dry-run"]);
    said.import = await migrate(["import", ...range]);
    merged = await rowsOnDisk(join(archiveOf("new"), heatPump));
    said.again = await migrate(["import", ...range]);

    const back = startMigrate(["back", "--esp32", esp32, "--esphome", program]);
    await whenFlashed();
    said.back = { code: await back.ended, output: back.output() };
  }, 300_000);

  afterAll(async () => {
    for (const child of programs) child.kill("SIGKILL");
    await simulator.close();
    await internet.close();
    await servers.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is heard by both over a bridge, and the new server's program controls nothing", () => {
    expect(said.bridge).toMatchObject({ code: 0 });
    expect(said.check?.output).toContain("The bridge is connected.\nThe heat pump reports there.");
    expect(statSync(join(folder, "bridge/heatloop-bridge.conf")).mode & 0o077).toBe(0);
    expect(said.bridge?.output).not.toContain(servers.password);
    expect(commandsAtHome).toEqual([]);
  });

  it("is compared minute by minute: what the internet took away is named, in the report and in the file", () => {
    const report = said.compare?.output ?? "";
    expect(report).toMatch(/2026-01-15 +\d+ \/ \d+/);
    expect(report).toContain("the new program did not log: it had not begun, or was not running");
    expect(report).toContain(
      "the new program heard less of the heat pump: the bridge, the internet or its broker was away",
    );
    const lines = readFileSync(join(folder, "differences.csv"), "utf8").split("\n");
    const minute = new Date(Math.ceil(cutAt / minuteMs + 1) * minuteMs).toISOString();
    const gap = lines.find((line) => {
      const [from = "", to = "", , kind] = line.split(",");
      return kind === "old_knows_more" && Date.parse(from) <= Date.parse(minute) && Date.parse(to) > Date.parse(minute);
    });
    expect(gap, lines.join("\n")).toBeDefined();
  });

  it("connects to the new server once the bridge has ended, with all else in its secrets as it was", () => {
    expect(said.switch?.code, said.switch?.output).toBe(0);
    expect(said.switch?.output).toContain("The ESP32 reports to the new server.");
  });

  it("has lost no minute in the new archive, and each is there once", () => {
    const from = Math.min(...merged.rows.keys());
    const to = Math.max(...merged.rows.keys());
    expect(from).toBeLessThan(Math.min(...beforeImport.rows.keys()) - 3 * minuteMs);
    for (let at = from; at <= to; at += minuteMs) {
      expect(merged.rows.get(at), `the minute of ${new Date(at).toISOString()}`).toHaveLength(1);
    }
    expect(merged.torn).toEqual([]);
    expect(said.import?.output).toMatch(/\d+ minutes on 1 day, \d+ of them missing so far, were brought in/);
  });

  it("has lost no electricity: the rows add up to what its counter went by", () => {
    const rows = [...merged.rows]
      .sort(([a], [b]) => a - b)
      .flatMap(([, lines]) => lines.map((line) => line.split(",")));
    const cells = (name: string) => rows.map((row) => row[merged.columns.indexOf(name)] ?? "");
    const counters = cells("daily_electricity_kwh");
    const first = counters.findIndex((text) => text !== "");
    const last = counters.findLast((text) => text !== "");
    const loggedWh = cells("electricity_wh")
      .slice(first + 1)
      .reduce((sum, text) => sum + Number(text), 0);
    expect(loggedWh).toBeGreaterThan(0);
    expect(loggedWh).toBeCloseTo((Number(last) - Number(counters[first])) * 1000, 3);
  });

  it("is unknown for no longer than the ESP32 took to come over", () => {
    const coveredS = [...merged.rows.values()].flatMap((lines) =>
      lines.map((line) => Number(line.split(",")[merged.columns.indexOf("covered_s")])),
    );
    const unknownMinutes = coveredS.slice(1, -1).filter((seconds) => seconds < 1).length;
    expect(unknownMinutes).toBeLessThanOrEqual(Math.ceil(awayMs / minuteMs) + 1);
    const gapBefore = [...beforeImport.rows.values()]
      .flat()
      .filter((line) => Number(line.split(",")[merged.columns.indexOf("covered_s")]) < 1);
    expect(gapBefore.length).toBeGreaterThan(2);
  });

  it("keeps the files that an import replaces, changes nothing in a dry run, and brings nothing in twice", () => {
    const kept = join(`${archiveOf("new")}.before-migration`, heatPump, "2026");
    expect(readdirSync(kept)).toContain("2026-01-15.csv");
    expect(said.dryRun?.output).toContain("would be brought in. Nothing was written.");
    expect(said.again?.output).toContain("The new archive knows every minute at least as well");
  });

  it("is said to be moved as deploy/migrate.md shows it", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../deploy/migrate.md"), "utf8");
    // What `compare` shows is held by a case that is the same each time.
    const blocks = [...page.matchAll(/```text\n(.*?)```/gs)].map(([, block = ""]) => block.trim());
    const shown = blocks.filter((block) => !block.startsWith("date ")).flatMap((block) => block.split("\n"));
    // Every figure is another one, and so are columns as wide as they are.
    const withoutFigures = (text: string) =>
      text
        .replaceAll(/ \S*\.before-migration/g, " KEPT")
        .replaceAll(/[\d.]+/g, "0")
        .replaceAll(/ +/g, " ")
        .replaceAll(/\S*esphome(-program)? /g, "esphome ");
    const printed = withoutFigures(
      Object.values(said)
        .map(({ output }) => output)
        .join("\n"),
    ).split("\n");
    expect(shown.map(withoutFigures).filter((line) => !printed.includes(line))).toEqual([]);
    expect(shown.length).toBeGreaterThan(9);
  });

  it("goes back by one command, and its secrets are what they were", async () => {
    expect(said.back?.code, said.back?.output).toBe(0);
    expect(readFileSync(join(esp32, "secrets.yaml"), "utf8")).toBe(secrets);
    expect(existsSync(join(esp32, "secrets.before-migration.yaml"))).toBe(false);
    const client = await connectAsync(servers.old.url);
    let live = 0;
    client.on("message", (_, __, { retain }) => {
      if (!retain) live += 1;
    });
    await client.subscribeAsync(`${heatPump}/#`);
    await waitFor(() => live > 10, "the ESP32 reports to the old broker again");
    await client.endAsync();
  });
});
