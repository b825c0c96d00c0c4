import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { secretsForServer } from "#scripts/migrating/esp32-secrets.ts";
import { readMigrateArguments } from "#scripts/migrating/migrate-arguments.ts";

const ca = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const door = { host: "203.0.113.7", port: 8883, ca, heatPump: "ecodan-heatpump", password: "a: #b" };

describe("the ESP32's secrets", () => {
  it("name the new server, and keep what else is there as it is written", () => {
    const example = readFileSync(join(import.meta.dirname, "../../../esphome/secrets.example.yaml"), "utf8");
    const changed = secretsForServer(`${example}\nmine: "yes" # really\n`, door);
    const text = "text" in changed ? changed.text : "";
    expect(parse(text)).toEqual({
      ...(parse(example) as object),
      mqtt_broker: "203.0.113.7",
      mqtt_username: "ecodan-heatpump",
      mqtt_password: "a: #b",
      mqtt_certificate_authority: ca,
      mine: "yes",
    });
    for (const line of example.split("\n").filter((each) => each.startsWith("#"))) expect(text).toContain(line);
    expect(text).toContain('mine: "yes" # really');
    expect(text).toContain("mqtt_certificate_authority: |");
  });

  it.each([
    ["no YAML", "mqtt_broker: [", /is no YAML: /],
    ["those of something else", "wifi_ssid: Home\n", /has no mqtt_broker, mqtt_username, mqtt_password/],
  ])("that are %s are not touched, and it says so", (_, text, problem) => {
    expect(secretsForServer(text, door)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

describe("the command line of scripts/migrate", () => {
  const read = (...args: string[]) => readMigrateArguments(args, { timeZone: "Europe/Rome" });

  it.each<readonly [readonly string[], readonly string[]]>([
    [[], ["What to do is missing: bridge, check, compare, import, switch, back"]],
    [["move"], ['"move" is nothing that it does: bridge, check, compare, import, switch, back']],
    [
      ["compare", "--device", "a/b", "--from", "2026-02-30", "--esp32", "x"],
      [
        "--esp32 does not go with compare",
        "--old is missing: the folder of the old archive",
        "--new is missing: the folder of the new archive",
        '--device takes letters, digits, _ and -, not "a/b"',
        '--from takes a date of the calendar such as 2026-01-31, not "2026-02-30"',
      ],
    ],
    [
      ["bridge", "--server", "https://x", "--port", "70000", "--ca", "ca.crt", "--device", "hp", "--folder", "conf.d"],
      [
        '--server takes a name or an address, not "https://x"',
        '--port takes a port from 1 to 65535, not "70000"',
        '--folder takes a folder such as /share/mosquitto, not "conf.d"',
      ],
    ],
    [
      ["import", "--old", "a", "--new", "b", "--device", "hp", "--from", "2026-03-01", "--to", "2026-02-01"],
      ["--to 2026-02-01 is before --from 2026-03-01"],
    ],
    [["back"], ["--esp32 is missing: the folder with the ESP32's heatloop.yaml and secrets.yaml"]],
  ])("%j is answered with all that is wrong", (args, problems) => {
    expect(read(...args)).toEqual({ problems });
  });

  it("is answered with the help where it asks for it, and otherwise with what to do", () => {
    expect(read("compare", "--help")).toBe("help");
    expect(read("back", "--esp32", "esphome")).toEqual({
      command: "back",
      values: { esp32: "esphome", file: "heatloop.yaml", esphome: undefined },
    });
  });
});
