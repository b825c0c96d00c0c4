import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const parts = [
  "place",
  "preflight",
  "home_assistant_before",
  "home_assistant_files",
  "home_assistant_connect",
  "home_assistant",
];

/** What a function of deploy/parts/ prints, with variables of the answers. */
function printed(call: string, variables: Readonly<Record<string, string>> = {}): string {
  const sources = parts.map((part) => `. ${root}/deploy/parts/${part}.sh`).join("\n");
  const env = { PATH: process.env.PATH, HOME_ASSISTANT: "container", ...variables };
  return execFileSync("bash", ["--norc", "-euo", "pipefail", "-c", `${sources}\n${call}`], { encoding: "utf8", env });
}

describe("the container of Home Assistant", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heatloop-compose-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is described by a file that Compose takes: of one version, listening as the machine itself, without privileges", () => {
    const file = join(folder, "compose.yaml");
    writeFileSync(file, printed("home_assistant_compose_text", { TIME_ZONE: "Europe/Rome" }));
    const understood = execFileSync("docker-compose", ["--file", file, "config"], { encoding: "utf8" });
    expect(understood).toContain("TZ: Europe/Rome");
    expect(understood).toMatch(/image: ghcr\.io\/home-assistant\/home-assistant:\d{4}\.\d+\.\d+$/m);
    expect(understood).toContain("network_mode: host");
    expect(understood).toContain("/var/lib/heatloop/home-assistant");
    expect(understood).toContain("no-new-privileges:true");
    expect(understood).toMatch(/max-size: 10m/);
    expect(understood).not.toMatch(/privileged: true|ports:|cap_add|docker\.sock/);
  });

  it("is of the version that the tests run", () => {
    const tested = /^version=.*:-(\S+)\}"$/m.exec(
      readFileSync(join(root, "scripts/install-home-assistant"), "utf8"),
    )?.[1];
    expect(printed("echo $home_assistant_version").trim()).toBe(tested);
  });

  it.each([
    ["debian 12", "docker.io docker-compose apparmor", "/usr/bin/docker-compose"],
    ["debian 13", "docker.io docker-cli docker-compose apparmor", "/usr/bin/docker compose"],
    ["ubuntu 22.04", "docker.io docker-compose-v2 apparmor", "/usr/bin/docker compose"],
    ["ubuntu 24.04", "docker.io docker-compose-v2 apparmor", "/usr/bin/docker compose"],
  ])("takes Docker from %s as that one has it", (name, packages, command) => {
    const on = (call: string) =>
      printed(
        `distribution() { echo ${name}; }; is_compose_plugin() { false; }; is_compose_program() { false; }\n${call}`,
      ).trim();
    expect(on("docker_packages | paste -sd' '")).toBe(packages);
    expect(on("compose_command")).toBe(command);
    expect(on("home_assistant_container_unit")).toContain(`ExecStart=${command} --project-name home-assistant --file`);
  });
});
