import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { type Connection, createConnection, createLongLivedTokenAuth } from "home-assistant-js-websocket";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { signIn } from "#test/support/home-assistant/onboarding.ts";
import { waitFor } from "#test/support/wait-for.ts";

const script = resolve(import.meta.dirname, "../../scripts/demo.ts");
const flow = "sensor.ecodan_heatpump_flow_temperature";

describe.skipIf(!hasHomeAssistant())("the Home Assistant of the demo", () => {
  let folder: string;
  let demo: ChildProcess;
  let home: Connection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "heatloop-demo-test-"));
    const options = ["--home-assistant", "--days", "2", "--port", `${await freePort()}`, "--data", folder];
    demo = spawn(process.execPath, [script, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [demo.stdout, demo.stderr]) stream?.on("data", (text: Buffer) => (said += text.toString()));
    await waitFor(
      () => {
        if (demo.exitCode !== null) throw new Error(`the demo ended:\n${said}`);
        return said.includes("Ctrl-C ends it.");
      },
      "the demo is up",
      200_000,
    );
    const url = /Home Assistant +(http:\/\/[^/]+)/.exec(said)?.[1] ?? "";
    home = await createConnection({ auth: createLongLivedTokenAuth(url, (await signIn(url)).access_token) });
  }, 240_000);

  afterAll(async () => {
    home?.close();
    if (demo?.exitCode === null) {
      demo.kill("SIGINT");
      await once(demo, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it("has nothing to repair, and no integration that could not be set up", async () => {
    type Issues = { readonly issues: readonly { readonly issue_id: string; readonly ignored: boolean }[] };
    const { issues } = await home.sendMessagePromise<Issues>({ type: "repairs/list_issues" });
    expect(issues.filter(({ ignored }) => !ignored)).toEqual([]);
    type Entry = { readonly domain: string; readonly state: string };
    const entries = await home.sendMessagePromise<readonly Entry[]>({ type: "config_entries/get" });
    expect(entries.filter(({ state }) => state !== "loaded")).toEqual([]);
    expect(entries.map(({ domain }) => domain)).toContain("mqtt");
  });

  it("has the history of yesterday, and a mean for each of its hours", async () => {
    const end = Date.now() - 2 * hourMs;
    const times = { start_time: new Date(end - dayMs).toISOString(), end_time: new Date(end).toISOString() };
    type History = Readonly<Record<string, readonly { readonly s: string }[]>>;
    const ask = async () => {
      const history = await home.sendMessagePromise<History>({
        ...{ type: "history/history_during_period", minimal_response: true, ...times },
        entity_ids: [flow, "sensor.ecodan_heatpump_operation"],
      });
      return flow in history && history;
    };
    const history = await waitFor(ask, "the recorder knows of its past");
    expect(history[flow]?.length).toBeGreaterThan(100);
    expect(new Set(history["sensor.ecodan_heatpump_operation"]?.map(({ s }) => s))).toContain("heating");
    type Statistics = Readonly<Record<string, readonly { readonly mean: number }[]>>;
    const statistics = await home.sendMessagePromise<Statistics>({
      ...{ type: "recorder/statistics_during_period", period: "hour", statistic_ids: [flow], ...times },
    });
    const means = statistics[flow]?.map(({ mean }) => mean) ?? [];
    expect(means.length).toBeGreaterThanOrEqual(24);
    for (const mean of means) expect(mean).toBeGreaterThan(10);
  });
});
