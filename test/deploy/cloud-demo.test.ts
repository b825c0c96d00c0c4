import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, signInAtPage } from "#scripts/cloud-scene/web-client.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { serverRoot } from "./server-root.ts";

const root = join(import.meta.dirname, "../..");
const demo = ["scripts/demo.ts", "--cloud"];
const address = "198.51.100.61";

/** A demo in its own process group, as a terminal has it. */
type Demo = { readonly child: ChildProcess; readonly temporary: string; said(): string; end(): Promise<number | null> };

const started: Demo[] = [];

function startDemo(): Demo {
  const temporary = mkdtempSync(join(tmpdir(), "heatloop-demo-"));
  // Tools that build the program keep what they compiled among temporary files.
  const env = { ...process.env, TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: "1" };
  const child = spawn(process.execPath, demo, { cwd: root, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const closed = once(child, "close");
  const begun: Demo = {
    ...{ child, temporary },
    said: () => said,
    async end() {
      // As Ctrl-C in a terminal does: to all of the group.
      if (child.exitCode === null) process.kill(-(child.pid ?? 0), "SIGINT");
      await closed;
      return child.exitCode;
    },
  };
  started.push(begun);
  return begun;
}

/** Networks, links, mounts and processes that a demo has made; `pid`: its process. */
function leftOf({ child: { pid }, temporary }: Demo): string[] {
  const run = (command: string, ...words: string[]) => execFileSync(command, words, { encoding: "utf8" }).split("\n");
  const name = `heatloop-${pid}-`;
  return [
    ...run("ip", "netns", "list").filter((line) => line.includes(name)),
    ...run("ip", "-o", "link").filter((line) => line.includes(`hlh${pid}n`)),
    ...readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(name)),
    ...readdirSync(temporary),
    ...run("ps", "-eo", "args").filter((line) => line.includes(name) || line.includes("cloud-scene/esp32.ts")),
  ];
}

it("scripts/demo --cloud says who can show it, before it changes anything", () => {
  const asNobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", process.execPath, ...demo];
  const { status, stdout, stderr } = spawnSync("setpriv", asNobody, { cwd: root, encoding: "utf8" });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("nothing was changed");
  expect(stderr).toContain("run it with sudo");
  const isolated = spawnSync(
    "unshare",
    [
      "--net",
      "bash",
      "-c",
      `ip link set lo up; ip addr add 198.51.100.62/30 dev lo; exec "$@"`,
      "demo",
      process.execPath,
      ...demo,
    ],
    { cwd: root, encoding: "utf8" },
  );
  expect([isolated.status, isolated.stderr]).toEqual([1, expect.stringContaining("is another demo running?")]);
});

describe.runIf(serverRoot !== undefined)("scripts/demo --cloud", { timeout: 120_000 }, () => {
  let running: Demo;

  beforeAll(async () => {
    running = startDemo();
    await waitFor(
      () => {
        if (running.child.exitCode !== null) throw new Error(running.said());
        return running.said().includes("Ctrl-C ends it.");
      },
      "the demo has started all",
      150_000,
    ).catch((error) => {
      throw new Error(`${error.message}\n${running.said()}`);
    });
  }, 180_000);
  afterAll(async () => {
    for (const each of started) {
      await each.end();
      rmSync(each.temporary, { recursive: true });
    }
  });

  const password = () => /heatloop\/ {3}\((.*)\)/.exec(running.said())?.[1] ?? "";

  it("shows the heat pump on the page of a server in the cloud, which a browser of this machine reaches", async () => {
    expect(running.said()).toContain("The heat pump is on Heatloop's page, through Nginx.");
    const { body: ca } = await ask({ server: { address }, ca: "" }, "/heatloop-ca.crt", {
      tls: { rejectUnauthorized: false },
    });
    const reached = { server: { address }, ca };
    const cookie = await signInAtPage(reached, password());
    const online = async () =>
      JSON.parse((await ask(reached, "/heatloop/api/devices", { headers: { cookie } })).body)[0].online;
    expect(await online()).toBe(true);
    if (running.said().includes("Home Assistant      https://")) {
      expect((await ask(reached, "/")).body).toContain("<title>Home Assistant</title>");
    }
    running.child.stdin?.write("i");
    await waitFor(async () => !(await online()), "the heat pump is offline", 60_000, 300);
    running.child.stdin?.write("i");
    await waitFor(online, "it is back", 60_000, 300);
    expect(running.said()).toMatch(/The internet at home is cut[\s\S]*The internet is there again/);
  });

  it("prints what docs/cloud.md shows, and starts the broker anew at a key", async () => {
    const [, block = ""] =
      /```sh\nsudo scripts\/demo --cloud\n```\n\n```text\n(.*?)```/s.exec(
        readFileSync(join(root, "docs/cloud.md"), "utf8"),
      ) ?? [];
    const shown = block.split("\n").filter((line) => line !== "" && line !== "...");
    const said = running.said().replaceAll(/\((owner \/ )?\w{24}\)/g, "($1...)");
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((line) => !said.includes(line))).toEqual([]);
    running.child.stdin?.write("b");
    await waitFor(() => running.said().includes("The broker was started anew."), "the broker is there");
    await waitFor(() => /The ESP32 says: .* reached the broker/.test(running.said()), "the ESP32 is back");
  });

  it("takes everything away again", async () => {
    expect(leftOf(running)).not.toEqual([]);
    expect(await running.end()).toBe(0);
    expect(leftOf(running)).toEqual([]);
  });

  it.each([/Starting the server/, /make a certificate authority/])(
    "does so too when it is ended at %s",
    async (moment) => {
      const half = startDemo();
      await waitFor(() => moment.test(half.said()), `it says ${moment}`, 60_000);
      expect([await half.end(), half.said()]).toEqual([0, expect.stringContaining("The demo ends")]);
      expect(leftOf(half)).toEqual([]);
    },
  );
});
