import { spawnSync } from "node:child_process";
import { connect as connectTcp } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { ask } from "#scripts/cloud-scene/web-client.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type AcmeServer, startAcmeServer } from "./acme-server.ts";
import { plainAnswers } from "./server-root.ts";

const hasPebble = spawnSync("pebble", ["-help"]).error === undefined;
const answers = `${plainAnswers}HEATLOOP=none\nEMAIL=you@example.org\n`;

/** What certbot has made before the certificate is there. */
const halfMade = "cd /etc/letsencrypt && mkdir -p {live,archive}/heatloop renewal && touch renewal/heatloop.conf";

/** A certificate of Let's Encrypt's test server for 443, by the answer CERTIFICATE=letsencrypt, and back to the own one. */
export function tryLetsEncrypt(installed: () => Installed): void {
  describe.runIf(hasPebble)("with Let's Encrypt", () => tryAcme(installed));
}

function tryAcme(installed: () => Installed): void {
  let acme: AcmeServer;
  let root: string;
  const install = async (certificate: string) => {
    await installed().server.run("cat > /root/answers", `${answers}CERTIFICATE=${certificate}\n`);
    return installed().server.run(`ACME_SERVER=${acme.directory} /deploy/install.sh --answers /root/answers`);
  };
  /** What who comes by name is shown, once its certificate is of this authority: Nginx reads a new one while it goes on. */
  const byName = async (ca: string) => {
    const asked = { host: "heat.example.org", ca };
    return waitFor(
      () => ask(installed(), "/heatloop-ca.crt", asked).catch(() => false as const),
      "the certificate is in use",
    );
  };
  /** Whether something that listens at port 80 is reached from outside. */
  const isOpen = async () => {
    const { server } = installed();
    await server.printed("systemd-run -q --unit=listener openssl s_server -accept 80 -nocert");
    await server.printed("until ss -Hltn | grep -q :80; do sleep 0.1; done");
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connectTcp(80, server.address, () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
    await server.printed("systemctl stop listener");
    return reached;
  };

  beforeAll(async () => {
    const { server } = installed();
    acme = await startAcmeServer(server);
    root = await acme.root();
    await server.run("cat > /usr/local/share/ca-certificates/acme.crt", acme.ca);
    await server.printed("update-ca-certificates");
  });
  afterAll(() => acme?.close());

  it("keeps the own certificate where Let's Encrypt refuses, and says why", async () => {
    await acme.lead("");
    const { code, printed } = await install("letsencrypt");
    expect([code, printed]).toEqual([1, expect.stringMatching(/heat\.example\.org[\s\S]*Let's Encrypt gave no cert/)]);
    expect((await byName(installed().ca)).status).toBe(200);
    expect(await isOpen()).toBe(false);
    expect((await installed().server.run("/deploy/install.sh --check")).printed).toMatch(/Let's Encrypt.* WRONG/);
  });

  it("gets one through port 80, which is open for that time alone, and shows it to who comes by name", async () => {
    await acme.lead(installed().server.address);
    const { code, printed } = await install("letsencrypt");
    expect([code, printed]).toEqual([0, expect.stringContaining("get a certificate for heat.example.org")]);
    expect((await byName(root)).headers["strict-transport-security"]).toBe("max-age=2592000");
    expect((await ask(installed(), "/")).headers["strict-transport-security"]).toBeUndefined();
    expect(await isOpen()).toBe(false);
    expect((await install("letsencrypt")).printed).toContain("nothing was changed");
    await installed().server.printed("/deploy/install.sh --check");
  });

  it("has it renewed by itself, and shows the new one", async () => {
    const { server } = installed();
    const serial = async () => (await byName(root)).certificate.serialNumber;
    const first = await serial();
    // As it is once most of its time has passed.
    await server.printed("sed -i '1i renew_before_expiry = 30 years' /etc/letsencrypt/renewal/heatloop.conf");
    await server.printed("systemctl start certbot.service");
    await waitFor(async () => (await serial()) !== first, "the new certificate is in use");
    expect((await install("letsencrypt")).printed).toContain("nothing was changed");
  });

  it.each([
    ["goes on", "true"],
    ["was ended too, halfway", `pgrep -x certbot | xargs kill -9; ${halfMade}`],
  ])("ends right when it was ended while certbot asked, which %s", async (_what, end) => {
    await install("own");
    await installed().server.run("cat > /root/answers", `${answers}CERTIFICATE=letsencrypt\n`);
    const started = `ACME_SERVER=${acme.directory} /deploy/install.sh --answers /root/answers >/dev/null 2>&1 &`;
    const asked = "until pgrep -x certbot >/dev/null; do sleep 0.05; done";
    await installed().server.printed(`${started} pid=$!; ${asked}; kill -9 $pid; ${end}`);
    expect((await install("letsencrypt")).code).toBe(0);
    expect((await install("letsencrypt")).printed).toContain("nothing was changed");
    await byName(root);
    expect(await isOpen()).toBe(false);
  });

  it("goes back to the own certificate, and leaves nothing that would be renewed", async () => {
    const { code, printed } = await install("own");
    expect([code, printed]).toEqual([0, expect.stringContaining("give up Let's Encrypt's certificate")]);
    expect((await byName(installed().ca)).headers["strict-transport-security"]).toBeUndefined();
    expect(await installed().server.printed("certbot certificates 2>&1")).toContain("No certificates found");
    expect((await install("own")).printed).toContain("nothing was changed");
  });
}
