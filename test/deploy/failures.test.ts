import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type Installed, installedOn } from "./installed.ts";
import { answersOf, type HeatPumpAtHome, heatPumpAtHome } from "./program.ts";
import { packagedRoot, plainAnswers, type Server, serverRoot, startServer } from "./server.ts";

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
    await server.printed("/deploy/install.sh --check");
  });

  it("has the heat pump back after a restart of the broker", async () => {
    await server.printed("systemctl restart mosquitto");
    await waitOnline(true);
    await server.printed("/deploy/install.sh --check");
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

  it("says that its disk is nearly full, and that it is no more", async () => {
    const archive = "/var/lib/heatloop/archive";
    await server.printed(
      `systemctl stop heatloop && mount -t tmpfs -o size=64k none ${archive} && head -c 62000 /dev/zero >${archive}/other`,
    );
    await lookTwice();
    expect(await logged("heatloop-health")).toContain("Wrong: the disk is nearly full");
    await server.printed(`umount ${archive} && systemctl start heatloop`);
    await lookTwice();
    expect(await logged("heatloop-health")).toContain("Well again: disk");
  });
});
