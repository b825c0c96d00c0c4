import { readFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hass, hassFiles, makeHass } from "#scripts/cloud-scene/hass.ts";
import { type Installed, installedOn } from "#scripts/cloud-scene/installed.ts";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { signIn, tryBroker } from "./broker.ts";
import { tryHardening } from "./hardening.ts";
import { tryHomeAssistant } from "./home-assistant.ts";
import { tryProgram } from "./program.ts";
import { plainAnswers, serverRoot } from "./server-root.ts";

const files = hassFiles();
const homeAssistant = files === undefined ? "none" : hass;
const answers = `NAMES="heat.example.org"\nHEAT_PUMPS="ecodan-heatpump annex"\nTIME_ZONE=Europe/Rome\nHOME_ASSISTANT=${homeAssistant}\n`;
/** Writes the arguments of all processes down, many times a second. */
const watchArguments =
  "while sleep 0.1; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' >>/tmp/arguments; done";
/** The lines that a page says install.sh prints; what scripts/demo prints is in another section. */
function shownOutputs(page: string): readonly string[] {
  const whole = readFileSync(join(import.meta.dirname, "../..", page), "utf8");
  const text = whole.slice(whole.indexOf("\n## 1. "));
  const blocks = [...text.matchAll(/```text\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .filter((line) => line !== "" && !/^(address|sign_in) = /.test(line));
}
const install = "/deploy/install.sh --answers /root/answers";
/** Ends an installation while Home Assistant makes its owner: the password is there, the person may not be. */
const endedWithOwner = `set -m; ${install} & until [ -e /var/lib/heatloop/home-assistant/.storage/auth_provider.homeassistant ]; do
  kill -0 $! || exit 1; sleep 0.02; done; kill -KILL -- -$!`;

describe.runIf(serverRoot !== undefined)("a server that deploy/install.sh has set up", { timeout: 120_000 }, () => {
  let server: Server;
  let before: string;
  let dryRun: string;
  let said: string;
  let ca: string;
  let secrets: Installed["secrets"];
  const installed = () => ({ server, ca, secrets });

  /** What lies on the server, but for what runs and what is logged. */
  const filesOnServer = () =>
    server.printed(
      "find / -xdev -type f -not -path '/proc/*' -not -path '/sys/*' -not -path '/run/*' -not -path '/var/log/*' -not -path '/tmp/*' -not -path '/deploy/*' -not -path '/program/*' | sort",
    );

  beforeAll(async () => {
    server = await startServer(serverRoot ?? "", 11, files);
    if (files !== undefined) await makeHass(server);
    await server.printed("ln -sf /usr/share/zoneinfo/Europe/Rome /etc/localtime");
    await server.run("cat > /root/answers", answers);
    before = await filesOnServer();
    dryRun = await server.printed(`${install} --dry-run`);
    expect(await filesOnServer()).toBe(before);
    await server.printed(`systemd-run -q --unit=watch bash -c "${watchArguments}"`);
    if (files !== undefined) await server.printed(endedWithOwner);
    said = await server.printed(install);
    await server.printed("systemctl stop watch");
    ({ ca, secrets } = await installedOn(server));
  }, 300_000);

  afterAll(() => server?.close());

  it("said before what it would change, and did that", async () => {
    expect(dryRun).toContain("would make a certificate authority in /etc/heatloop/tls");
    expect(dryRun).toMatch(/\d+ changes would be made/);
  });

  it("prints what docs/cloud.md shows", async () => {
    const check = await server.printed("/deploy/install.sh --check");
    const shown = shownOutputs("docs/cloud.md");
    const printed = `${dryRun}\n${said}\n${check}`.replaceAll("heat.example.org", "203.0.113.7");
    const missing = shown.filter((line) => !printed.includes(line));
    expect(missing.filter((line) => files !== undefined || !line.includes("Home Assistant"))).toEqual([]);
    expect(shown.length).toBeGreaterThan(20);
  });

  it("changes nothing when it is installed again", async () => {
    expect(await server.printed(install)).toBe("Everything is as it should be: nothing was changed.\n");
    expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
  });

  it("finds nothing wrong when it is checked", async () => {
    const table = await server.printed("/deploy/install.sh --check");
    expect(table).toContain("DNS:heat.example.org");
    expect(table.match(/ ok$/gm)?.length).toBe(table.trim().split("\n").length);
  });

  it("keeps its secrets where root alone reads them, and in no argument of a process", async () => {
    expect(await server.printed("stat -c '%a %U' /etc/heatloop/secrets /etc/heatloop/tls/ca.key")).toBe(
      "600 root\n600 root\n",
    );
    expect(await server.printed("cat /etc/mosquitto/heatloop.passwords")).toMatch(/^ecodan-heatpump:\$7\$/m);
    const audited = await server.printed(
      "grep -rIlF -f <(cut -d= -f2 /etc/heatloop/secrets) /etc /var /opt /usr/local 2>/dev/null; true",
    );
    expect(audited.trim().split("\n").toSorted()).toEqual([
      "/etc/heatloop/program-options.json",
      "/etc/heatloop/secrets",
      ...(files === undefined ? [] : ["/var/lib/heatloop/home-assistant/.storage/core.config_entries"]),
    ]);
    const secretsAndToken = "<(cut -d= -f2 /etc/heatloop/secrets; cat /etc/heatloop/home-assistant.token 2>/dev/null)";
    const found = (where: string) => server.printed(`grep -cF -f ${secretsAndToken} ${where}; true`);
    expect(await server.printed("grep -c mosquitto /tmp/arguments")).not.toBe("0\n");
    expect(await found("/tmp/arguments")).toBe("0\n");
    expect(await found("<(journalctl --no-pager -o cat)")).toBe("0\n");
  });

  it("answers from outside at 22, 443 and 8883 alone, whatever else listens there", async () => {
    await server.printed("systemd-run -q --unit=stranger openssl s_server -accept 9999 -nocert");
    await server.printed("until ss -Hltn | grep -q :9999; do sleep 0.1; done");
    const open: number[] = [];
    const isOpen = (port: number) =>
      new Promise<boolean>((resolve) => {
        const socket = connectTcp(port, server.address, () => resolve(true));
        socket.on("error", () => resolve(false)).on("close", () => resolve(false));
        socket.once("connect", () => socket.destroy());
      });
    for (let port = 1; port <= 65_535; port += 500) {
      const ports = Array.from({ length: Math.min(500, 65_536 - port) }, (_, index) => port + index);
      const found = await Promise.all(ports.map(isOpen));
      open.push(...ports.filter((_, index) => found[index]));
    }
    expect(open).toEqual([22, 443, 8883]);
  });

  tryBroker(installed);
  tryHardening(installed);
  tryProgram(installed);

  describe.runIf(files !== undefined)("its Home Assistant", { timeout: 120_000 }, () => tryHomeAssistant(installed));

  it("comes back by itself after its broker was killed or a file of it was changed", async () => {
    await server.printed(
      "systemctl kill -s KILL mosquitto; rm /etc/mosquitto/heatloop.acl; chmod 644 /etc/heatloop/secrets",
    );
    const { code, printed } = await server.run("/deploy/install.sh --check");
    expect([code, printed]).toEqual([1, expect.stringContaining("WRONG")]);
    const mended = await server.printed("/deploy/install.sh");
    expect(mended).toContain("write /etc/mosquitto/heatloop.acl");
    await server.printed("/deploy/install.sh --check");
    await (await signIn(installed(), "heatloop")).endAsync();
  });

  it("is left as it was when it is uninstalled; --purge takes the secrets away too", async () => {
    const gone = await server.printed("/deploy/install.sh --uninstall");
    expect(gone).toContain("remove /etc/mosquitto/conf.d/heatloop.conf");
    expect(await server.printed("ls /etc/heatloop")).toContain("secrets");
    expect(await server.printed("systemctl is-active mosquitto; true")).toBe("inactive\n");
    await server.run("cat > /root/answers", `${plainAnswers}HEATLOOP=none\n`);
    await server.printed(install);
    expect(await server.printed("cat /etc/heatloop/tls/ca.crt")).toBe(ca);
    await server.printed("/deploy/install.sh --uninstall --purge");
    const left = (await filesOnServer()).split("\n").filter((file) => !before.includes(file));
    expect(left.filter((file) => /heatloop/.test(file))).toEqual([]);
  });
});
