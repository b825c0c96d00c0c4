import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "@heatloop/ha-addon/base/version";
import { readEnvironment } from "@heatloop/ha-addon/settings/environment";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { assembleImageRoot } from "#scripts/image/image-root.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type AccessRule, accessesOf, rulesOf } from "./file-accesses.ts";
import { capabilities, compose, inImage } from "./in-image.ts";

const folder = mkdtempSync(join(tmpdir(), "heatloop-"));
const root = join(folder, "root");
const trace = join(folder, "accesses");
const profile = new URL("../../ha-addon/apparmor.txt", import.meta.url).pathname;
const user = 1000;
const planted = { username: "heatloop", password: "planted-in-this-test" };

let program: ChildProcess;
let printed = "";
let steps: ReturnType<typeof assembleImageRoot>;
let port: number;

beforeAll(async () => {
  steps = assembleImageRoot(root);
  writeFileSync(join(root, "data/options.json"), JSON.stringify({ mqtt: { url: "mqtt://127.0.0.1:1", ...planted } }));
  writeFileSync(join(root, "homeassistant/configuration.yaml"), "");
  writeFileSync(join(root, "homeassistant/secrets.yaml"), "password: hidden");
  mkdirSync(join(root, "data/old"));
  port = await freePort();
  const environment = {
    SUPERVISOR_TOKEN: "token-of-this-test",
    HEATLOOP_PORT: String(port),
    HEATLOOP_HOST: "127.0.0.1",
  };
  const [command = "", ...rest] = [
    ...["strace", "--follow-forks", "-qq", "--trace=%file", "--signal=none", "--output", trace],
    ...inImage({ root, mounts: ["--tmpfs", "/config"], steps, environment }),
  ];
  program = spawn(command, rest);
  for (const output of [program.stdout, program.stderr]) output?.on("data", (text) => (printed += text));
  await waitFor(() => printed.includes("Heatloop is ready"), "the program in the image is ready");
});

afterAll(async () => {
  const ended = once(program, "exit");
  process.kill(programPid(), "SIGTERM");
  await ended;
  rmSync(folder, { recursive: true });
});

describe("the image's program", () => {
  it("takes at most 60 MB beside Node.js", () => {
    const bytes = Number(
      execFileSync("du", ["--bytes", "--summarize", join(root, "app")], { encoding: "utf8" }).split("\t")[0],
    );
    expect(bytes).toBeLessThan(60e6);
    expect(bytes).toBeGreaterThan(1e6);
  });

  it("goes on as a user without privileges, and owns what it writes", () => {
    const status = readFileSync(`/proc/${programPid()}/status`, "utf8");
    expect(status).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
    expect(status).toMatch(/^Groups:\t1000 $/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
    for (const path of [
      "data",
      "data/options.json",
      "data/old",
      "data/installation.json",
      "homeassistant/www/heatloop",
    ]) {
      expect([path, statSync(join(root, path)).uid]).toEqual([path, user]);
    }
  });

  it("shows no secret to whoever sees its processes and its log", () => {
    const line = readFileSync(`/proc/${programPid()}/cmdline`, "utf8");
    for (const secret of [planted.password, "token-of-this-test"]) expect(line + printed).not.toContain(secret);
    expect(printed).toContain("MQTT");
  });

  it("leaves the rest of Home Assistant's configuration to its owner", () => {
    for (const path of ["homeassistant", "homeassistant/secrets.yaml", "homeassistant/www"]) {
      expect([path, statSync(join(root, path)).uid]).toEqual([path, process.getuid?.()]);
    }
  });

  it("answers the health check of the image", () => {
    const [name = "", ...args] = steps.healthCheck.map((word) => word.replace(":8099", `:${port}`));
    execFileSync("bwrap", ["--bind", root, "/", "--dev", "/dev", name, ...args]);
    expect(() =>
      execFileSync(
        "bwrap",
        ["--bind", root, "/", "--dev", "/dev", name, "-q", "-O", "/dev/null", "http://127.0.0.1:1/"],
        { stdio: "ignore" },
      ),
    ).toThrow();
  });

  it("opens, makes and removes nothing that its AppArmor profile does not allow", async () => {
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    const rules = rulesOf(profile);
    const accesses = accessesOf(readFileSync(trace, "utf8"), folders);
    expect(accesses).toEqual(
      expect.arrayContaining([
        { path: "/app/dist/main.js", access: "r" },
        { path: "/app/web/dist/index.html", access: "r" },
        { path: "/data/installation.json", access: "w" },
        { path: "/homeassistant/www/heatloop/", access: "w" },
      ]),
    );
    const refused = accesses.filter(({ path, access }) => !isAllowed(rules, path, access));
    expect([...new Set(refused.map(({ path, access }) => `${access} ${path}`))]).toEqual([]);
  });
});

describe("the compose file", () => {
  it("keeps what the program keeps, and nothing that it may write is missing on the read-only root", () => {
    const mounted = [...compose.volumes.map((volume: string) => volume.split(":")[1]), ...compose.tmpfs];
    const written = accessesOf(readFileSync(trace, "utf8"), folders).filter(({ access }) => access === "w");
    const outside = written.filter(({ path }) => !mounted.some((folder) => path.startsWith(folder)));
    expect(outside.filter(({ path }) => !/^\/(dev|proc|config|homeassistant)\//.test(path))).toEqual([]);
  });

  it("names the version of the program, and only variables that it knows", () => {
    expect(compose.image).toBe(`ghcr.io/heatloop/heatloop:${version}`);
    const { TZ, ...variables } = compose.environment;
    expect(TZ).toContain("/");
    expect(readEnvironment({ ...variables })).toMatchObject({ ok: true, environment: { host: "0.0.0.0" } });
  });
});

describe("the AppArmor profile", () => {
  it("allows the capabilities of the start, and beside them only to end a health check", () => {
    const allowed = [...readFileSync(profile, "utf8").matchAll(/^ *capability (\w+),$/gm)].map(([, name]) => name);
    expect(allowed.filter((name) => name !== "kill")).toEqual(capabilities.map((name) => name.toLowerCase()));
  });

  it("is one that the parser compiles", () => {
    execFileSync("apparmor_parser", ["--skip-kernel-load", "--skip-cache", profile], { stdio: "pipe" });
  });

  it.each([
    ["/homeassistant/secrets.yaml", "r", false],
    ["/homeassistant/.storage/auth", "r", false],
    ["/homeassistant/configuration.yaml", "w", false],
    ["/homeassistant/www/other-card.js", "w", false],
    ["/homeassistant/www/heatloop/heatloop-card.js", "w", true],
    ["/config/archive/home/2026/2026-01-01.csv", "w", true],
    ["/data/settings.json", "w", true],
    ["/app/dist/main.js", "w", false],
    ["/etc/passwd", "w", false],
    ["/ssl/privkey.pem", "r", false],
    ["/bin/sh", "x", false],
  ] as const)("on %s, %s: %j", (path, access, allowed) => {
    expect(isAllowed(rulesOf(profile), path, access)).toBe(allowed);
  });
});

const folders = {
  get workingFolder() {
    return steps.workingFolder;
  },
  isFolder: (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false,
};

function isAllowed(rules: readonly AccessRule[], path: string, access: string): boolean {
  return rules.some((rule) => rule.access.includes(access) && rule.paths.test(path));
}

/** The program inside strace and bwrap. */
function programPid(): number {
  const pids = execFileSync("pgrep", ["--full", "^node --max-semi.*dist/main.js$"], { encoding: "utf8" });
  const inRoot = pids
    .trim()
    .split("\n")
    .map(Number)
    .filter((pid) => existsSync(`/proc/${pid}/root/homeassistant/secrets.yaml`));
  expect(inRoot).toHaveLength(1);
  return inRoot[0] as number;
}
