import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { readSimulateArguments } from "@heatloop/simulator/simulate-arguments";
import { connectAsync } from "mqtt";
import { describe, expect, it } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { waitFor } from "#test/support/wait-for.ts";

const script = fileURLToPath(new URL("../../scripts/simulate.ts", import.meta.url));
const here = "Europe/Rome";

describe("the arguments of scripts/simulate", () => {
  it("need a broker only", () => {
    expect(readSimulateArguments(["--broker", "mqtt://localhost"], here)).toEqual({
      broker: "mqtt://localhost",
      prefix: "ecodan-heatpump",
      language: "en",
      zones: 1,
      rooms: 3,
      speed: 1,
      seed: 1,
      timeZone: here,
      username: undefined,
      password: undefined,
      caFile: undefined,
    });
  });

  it("are all taken", () => {
    const line =
      "--broker mqtts://host:8883 --prefix home/pump --language de --zones 2 --rooms 5 --speed 0.5 --seed -7 --time-zone Asia/Kolkata --username me --password x --ca";
    expect(readSimulateArguments([...line.split(" "), script], here)).toMatchObject({
      prefix: "home/pump",
      language: "de",
      zones: 2,
      rooms: 5,
      speed: 0.5,
      seed: -7,
      timeZone: "Asia/Kolkata",
      username: "me",
      password: "x",
      caFile: script,
    });
  });

  it.each([
    [["--broker", "localhost"], "--broker must be a URL"],
    [["--broker", "http://localhost"], "--broker must be a URL"],
    [[], "--broker must be a URL"],
    [["--broker"], "--broker needs a value"],
    [["--prefix", "a/#"], "--prefix must be an MQTT topic"],
    [["--prefix", "a/"], "--prefix must be an MQTT topic"],
    [["--prefix", ""], "--prefix must be an MQTT topic"],
    [["--language", "xx"], "--language must be one of: en nl it"],
    [["--zones", "3"], "--zones must be 1 or 2"],
    [["--rooms", "9"], "--rooms must be a whole number"],
    [["--rooms", "1", "--zones", "2"], "--rooms must be a whole number"],
    [["--rooms", "2.5"], "--rooms must be a whole number"],
    [["--speed", "0"], "--speed must be a number above 0"],
    [["--speed", "fast"], "--speed must be a number above 0"],
    [["--seed", "1.5"], "--seed must be a whole number"],
    [["--time-zone", "Mars/Base"], "--time-zone must be a name"],
    [["--ca", "/nowhere/ca.crt"], "--ca must be a file"],
    [["--colour", "red"], "There is no option --colour"],
    [["surprise"], '"surprise" is not expected here'],
  ])("%j is refused", (args, problem) => {
    const read = readSimulateArguments(args, here);
    expect(JSON.stringify(read)).toContain(JSON.stringify(problem).slice(1, -1));
  });

  it("are refused all at once", () => {
    const read = readSimulateArguments(["--zones", "3", "--speed", "-1", "--language", "xx"], here);
    expect(typeof read === "object" && "problems" in read && read.problems.length).toBe(4);
  });

  it("--help wins", () => {
    expect(readSimulateArguments(["--zones", "3", "--help"], here)).toBe("help");
  });
});

describe("scripts/simulate", () => {
  it("ends with 2 and says every bad argument", async () => {
    const child = spawn(process.execPath, [script, "--zones", "7", "--speed", "x"]);
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const [code] = await once(child, "close");
    expect(code).toBe(2);
    expect(errors).toContain("--broker must be");
    expect(errors).toContain("--zones must be");
    expect(errors).toContain("--speed must be");
  });

  it("runs against a broker, says what it does, and says goodbye at Ctrl-C", async () => {
    const broker = await startBroker();
    const client = await connectAsync(broker.url);
    let status = "";
    client.on("message", (_, payload) => {
      status = payload.toString();
    });
    await client.subscribeAsync("ecodan-heatpump/status");
    const child = spawn(process.execPath, [script, "--broker", broker.url, "--speed", "600"]);
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    await waitFor(() => status === "online", "online");
    await waitFor(() => /flow \d+\.\d °C/.test(printed), "a line about the heat pump");
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    expect(code).toBe(0);
    await waitFor(() => status === "offline", "offline");
    expect(printed).toContain("thermostats: living_room, bedroom, kitchen");
    await client.endAsync();
    await broker.close();
  });
});
