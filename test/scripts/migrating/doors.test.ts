import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { migrate, startMigrate } from "#test/support/migration/run-migrate.ts";
import { heatPump, startTwoServers, type TwoServers } from "#test/support/migration/two-servers.ts";
import { waitFor } from "#test/support/wait-for.ts";

const secrets = "mqtt_broker: 192.168.1.10\nmqtt_username: ecodan\nmqtt_password: old\n";

describe("a new server that does not let the ESP32 in", () => {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-doors-"));
  const esp32 = join(folder, "esphome");
  let servers: TwoServers;

  beforeAll(async () => {
    servers = await startTwoServers(folder, await freePort());
    mkdirSync(esp32);
    writeFileSync(join(folder, "wrong-password"), "guessed\n");
    writeFileSync(join(folder, "none.crt"), "no certificate\n");
  });

  beforeEach(() => writeFileSync(join(esp32, "secrets.yaml"), secrets));

  afterAll(async () => {
    await servers.close();
    rmSync(folder, { recursive: true });
  });

  const given = () => ({
    server: "127.0.0.1",
    port: String(servers.tlsPort),
    ca: servers.caFile,
    device: heatPump,
    "password-file": servers.passwordFile,
  });
  const asked = (command: string, door: Readonly<Record<string, string>>) => [
    command,
    ...Object.entries(door).flatMap(([name, value]) => [`--${name}`, value]),
    ...(command === "switch" ? ["--esp32", esp32] : ["--out", join(folder, "out")]),
  ];

  it.each<readonly [string, () => Readonly<Record<string, string>>, RegExp]>([
    [
      "its certificate is another authority's",
      () => ({ ca: join(folder, "other-ca.crt") }),
      /not signed by the authority in --ca/,
    ],
    ["it has another name", () => ({ server: "localhost" }), /certificate is not for localhost but for .*127\.0\.0\.1/],
    ["the password is wrong", () => ({ "password-file": join(folder, "wrong-password") }), /--device and the password/],
    ["another heat pump's name is given", () => ({ device: "cottage" }), /--device and the password/],
    ["nothing listens there", () => ({ port: "9" }), /nothing listens at 127\.0\.0\.1:9: .* --server/],
    ["the certificate is none", () => ({ ca: join(folder, "none.crt") }), /none\.crt is no certificate \(PEM\)/],
    [
      "there is no file of the password",
      () => ({ "password-file": join(folder, "nowhere") }),
      /nowhere cannot be read \(ENOENT\)/,
    ],
  ])("as %s changes nothing, and it says why", async (_, change, reason) => {
    for (const command of ["bridge", "switch"]) {
      const { code, output } = await migrate(asked(command, { ...given(), ...change() }));
      expect([code, output]).toEqual([1, expect.stringMatching(reason)]);
      expect(output).not.toContain("guessed");
    }
    expect(readFileSync(join(esp32, "secrets.yaml"), "utf8")).toBe(secrets);
    expect(() => readFileSync(join(folder, "out/heatloop-bridge.conf"))).toThrow();
  });

  it("as it has no such heat pump among those that may publish is said what to do", async () => {
    const reader = { ...given(), device: "reader" };
    writeFileSync(join(folder, "reader"), "of-reader\n");
    const { code, output } = await migrate(asked("bridge", { ...reader, "password-file": join(folder, "reader") }));
    expect([code, output]).toEqual([1, expect.stringMatching(/add it to HEAT_PUMPS/)]);
  });

  it("without a password at all is said where it belongs", async () => {
    const { "password-file": _, ...door } = given();
    const { code, output } = await migrate(asked("bridge", door), { HEATLOOP_MQTT_PASSWORD: "" });
    expect([code, output]).toEqual([1, expect.stringMatching(/--password-file .* HEATLOOP_MQTT_PASSWORD/)]);
  });

  it("has the secrets of before where the firmware cannot be built", async () => {
    const { code, output } = await migrate([...asked("switch", given()), "--esphome", "false"]);
    expect([code, output]).toEqual([1, expect.stringMatching(/false compile failed/)]);
    expect(readFileSync(join(esp32, "secrets.yaml"), "utf8")).toBe(secrets);
  });

  it("says that there is nothing to go back to where nothing was switched", async () => {
    const { code, output } = await migrate(["back", "--esp32", esp32]);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/the ESP32 was not switched from here, or is back already/),
    ]);
  });

  it("is waited for by a person who flashes from elsewhere, and told once the ESP32 is heard", async () => {
    const run = startMigrate(asked("switch", given()));
    await waitFor(
      () => run.output().includes("install heatloop.yaml from ESPHome now"),
      `asked to flash: ${run.output()}`,
    );
    expect((await migrate(asked("switch", given()))).output).toMatch(/the ESP32 was switched already/);
    const esp = await connectAsync(`mqtts://127.0.0.1:${servers.tlsPort}`, {
      ...{ username: heatPump, password: servers.password, ca: readFileSync(servers.caFile) },
    });
    await esp.publishAsync(`${heatPump}/status`, "online", { retain: true });
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain("The ESP32 reports to the new server.");
    await esp.endAsync();
  });
});
