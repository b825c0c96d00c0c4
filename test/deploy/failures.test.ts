import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Installed, installedOn } from "#scripts/cloud-scene/installed.ts";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type HeatPumpAtHome, heatPumpAtHome } from "./heat-pump-at-home.ts";
import { answersOf } from "./program.ts";
import { packagedRoot, plainAnswers, serverRoot } from "./server-root.ts";

/** Each case is a row of the table in docs/cloud.md, "When something fails". */
describe.runIf(serverRoot !== undefined)("The server in the cloud, where something fails", { timeout: 180_000 }, () => {
  let server: Server;
  let installed: Installed;
  let heatPump: HeatPumpAtHome;

  type Device = { readonly id: string; readonly online: boolean };
  /** Undefined while nothing answers, or there is no heat pump yet. */
  const isOnline = async () => {
    const [devices] = await answersOf(installed, "/api/devices").catch(() => [[]]);
    return (devices as Device[])[0]?.online;
  };
  const waitOnline = (online: boolean) =>
    waitFor(async () => (await isOnline()) === online, `online is ${online}`, 90_000, 300);
  const logged = (unit: string) => server.printed(`journalctl -u ${unit} -o cat --no-pager`);

  const waitWell = () =>
    waitFor(async () => (await server.run("/deploy/install.sh --check")).code === 0, "all is well", 60_000, 500);

  /** What is wrong counts from the second look on. */
  const lookTwice = () => server.printed("systemctl start heatloop-health && systemctl start heatloop-health");

  beforeAll(async () => {
    server = await startServer(packagedRoot, 13);
    await server.run("cat > /root/answers", plainAnswers);
    await server.printed("/deploy/install.sh --answers /root/answers");
    installed = await installedOn(server);
    heatPump = heatPumpAtHome(installed);
  }, 180_000);
  afterAll(async () => {
    await heatPump?.close();
    await server?.close();
  });
  beforeEach(() => waitOnline(true), 90_000);

  it("is online again by itself after the internet at home was away, and the heat pump went on", async () => {
    const suppliedBefore = heatPump.simulator.home.meters.suppliedWh();
    server.setReachable(false);
    await waitOnline(false);
    expect(await logged("heatloop")).toMatch(/offline/);
    expect(heatPump.simulator.home.meters.suppliedWh()).toBeGreaterThanOrEqual(suppliedBefore);
    server.setReachable(true);
    await waitOnline(true);
    expect(heatPump.log.join("\n")).not.toBe("");
  });

  it("starts all by itself after the server was away, and the heat pump is there again", async () => {
    await server.printed("systemctl stop heatloop nginx mosquitto");
    await waitFor(() => heatPump.log.length > 0, "the heat pump notices");
    await server.printed("systemctl start multi-user.target");
    await waitOnline(true);
    await waitWell();
  });

  it("has the heat pump back after a restart of the broker", async () => {
    await server.printed("systemctl restart mosquitto");
    await waitOnline(true);
    await waitWell();
  });

  it("is refused by the ESP32 with an expired certificate, and has another one made within a day", async () => {
    await server.printed(
      `cd /etc/heatloop/tls && openssl req -new -key server.key -subj /CN=old | openssl x509 -req -CA ca.crt -CAkey ca.key -set_serial 7 -days -1 -extfile <(echo subjectAltName=DNS:heat.example.org,IP:${server.address}) -out server.crt`,
    );
    await server.printed("systemctl restart mosquitto");
    await waitFor(() => /expired/.test(heatPump.log.join("\n")), "the ESP32 refuses it", 60_000);
    await lookTwice();
    expect(await logged("heatloop-health")).toContain("Wrong: the server certificate ends within 30 days");
    await server.printed("systemctl start heatloop-certificates.service");
    await waitOnline(true);
  });

  it("is refused by an ESP32 whose clock is behind the certificate's first day, and has it back once the clock is right", async () => {
    const own = "/etc/heatloop/tls/server.crt";
    const day = await server.printed("date -u -d '+2 days' +%y%m%d%H%M%SZ");
    const signed = `cp -a ${own} /root/server.crt && cd /etc/heatloop/tls && openssl req -new -key server.key -subj /CN=later -addext subjectAltName=IP:${server.address} -out /root/later.csr`;
    await server.printed(signed);
    await server.printed(
      `cd /root && touch index.txt && echo 1000 >serial && openssl ca -batch -notext -startdate ${day.trim()} -days 30 -in later.csr -out ${own} -keyfile /etc/heatloop/tls/ca.key -cert /etc/heatloop/tls/ca.crt -config <(printf '[ca]\\ndefault_ca=a\\n[a]\\ndatabase=/root/index.txt\\nserial=/root/serial\\nnew_certs_dir=/root\\ndefault_md=sha256\\npolicy=p\\ncopy_extensions=copy\\n[p]\\ncommonName=supplied\\n') 2>&1`,
    );
    await server.printed("systemctl restart mosquitto");
    await waitFor(() => /not yet valid/.test(heatPump.log.join("\n")), "the ESP32 refuses it", 60_000);
    await server.printed(`cp -a /root/server.crt ${own} && systemctl restart mosquitto`);
    await waitOnline(true);
  });

  it("lets no ESP32 in that trusts another authority, which says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "heatloop-other-"));
    const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    execFileSync(
      "openssl",
      [...words, "-keyout", join(folder, "key"), "-out", join(folder, "crt"), "-subj", "/CN=other"],
      {
        stdio: "ignore",
      },
    );
    const other = heatPumpAtHome(installed, { ca: readFileSync(join(folder, "crt"), "utf8") });
    await waitFor(
      () => /unable to verify|self-signed|issuer|certificate/.test(other.log.join("\n")),
      "it says so",
      60_000,
    );
    await other.close();
    rmSync(folder, { recursive: true });
  });

  it("lets no ESP32 in with a wrong password, which says so, and neither does the broker's log keep still", async () => {
    const other = heatPumpAtHome(installed, { password: "wrong" });
    await waitFor(() => /[Nn]ot authorized/.test(other.log.join("\n")), "it says so", 60_000);
    await other.close();
    expect(await server.printed("tail -n 200 /var/log/mosquitto/mosquitto.log")).toMatch(/not authorised/);
  });

  it("says that its disk is full, keeps the rows, and writes them once there is room", async () => {
    const archive = "/var/lib/heatloop/archive";
    const status = () => server.printed("/opt/heatloop/current/bin/node /opt/heatloop/current/deploy/page.mjs status");
    const rows = () =>
      server.printed(`cat ${archive}/ecodan-heatpump/*/????-??-??.csv 2>/dev/null | wc -l`).then(Number);
    await server.printed(
      `systemctl stop heatloop && mount -t tmpfs -o size=256k none ${archive} && chown heatloop: ${archive} && { head -c 1M /dev/zero >${archive}/other 2>/dev/null || true; }`,
    );
    await server.printed("systemctl start heatloop");
    await waitOnline(true);
    await lookTwice();
    expect(await logged("heatloop-health")).toContain("Wrong: the disk is nearly full");
    const saysSo = async () => (await logged("heatloop")).includes("is full: free some space");
    await waitFor(saysSo, "Heatloop says so", 90_000, 500);
    expect(await status()).toBe("degraded\n");
    const before = await rows();
    await server.printed(`rm ${archive}/other`);
    await waitFor(
      async () => (await rows()) > before && (await status()) === "ok\n",
      "the rows are written",
      60_000,
      300,
    );
    await lookTwice();
    expect(await logged("heatloop-health")).toContain("Well again: disk");
    await server.printed(`systemctl stop heatloop && umount ${archive} && systemctl start heatloop`);
  });
});
