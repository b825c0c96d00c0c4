import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { connectAsync } from "mqtt";
import { describe, expect, it } from "vitest";
import { readSimulateArguments } from "#scripts/simulate-arguments.ts";
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
      hasWatchdog: false,
      dialect: "ecodan",
    });
  });

  it("are all read", () => {
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
    [["--broker", "localhost"], "--broker takes a URL such as mqtt://localhost:1883"],
    [["--broker", "http://localhost"], "--broker takes a URL"],
    [[], "--broker is missing: the URL of the broker, mqtt://localhost:1883"],
    [["--broker"], "--broker takes a value"],
    [["--prefix", "a/#"], "--prefix takes an MQTT topic"],
    [["--prefix", "a/"], "--prefix takes an MQTT topic"],
    [["--prefix", ""], "--prefix takes a value"],
    [["--language", "xx"], "--language takes one of en, nl, it"],
    [["--zones", "3"], '--zones takes one of 1, 2, not "3"'],
    [["--rooms", "9"], "--rooms takes a whole number from 1 to 8"],
    [["--rooms", "1", "--zones", "2"], "--rooms takes 2 or more with --zones 2"],
    [["--rooms", "2.5"], "--rooms takes a whole number"],
    [["--speed", "0"], "--speed takes a number from 0.001 to 10000"],
    [["--speed", "fast"], "--speed takes a number from 0.001"],
    [["--seed", "1.5"], "--seed takes a whole number"],
    [["--time-zone", "Mars/Base"], "--time-zone takes a name"],
    [["--ca", "/nowhere/ca.crt"], "--ca takes a file"],
    [["--dialect", "site", "--device-id", "a/b"], "--device-id takes a word of up to 60 characters"],
    [["--dialect", "ruuvi", "--interval", "0"], "--interval takes a number from 1 to 3600"],
    [["--dialect", "site", "--node", "mine"], "--node takes the id of a node"],
    [["--dialect", "f1p", "--interval", "5"], "--interval is for --dialect heatpump-monitor, site, ruuvi"],
    [
      ["--device-id", "x", "--node", "00000000-0000-4000-8000-000000000000"],
      "--node is for --dialect heatpump-monitor",
    ],
    [["--cert", script], "--cert and --key go together"],
    [["--dialect", "klingon"], "--dialect takes one of ecodan, f1p, heatpump-monitor, site, ruuvi"],
    [["--colour", "red"], "--colour is not an option"],
    [["surprise"], '"surprise" is not known here'],
  ])("%j is refused", (args, problem) => {
    const read = readSimulateArguments(args, here);
    expect(JSON.stringify(read)).toContain(JSON.stringify(problem).slice(1, -1));
  });

  it("never repeat what may hold a password", () => {
    const read = readSimulateArguments(
      ["--broker", "http://me:secret@host", "--password", "secret", "--zones=3"],
      here,
    );
    expect(JSON.stringify(read)).toContain("--broker takes a URL");
    expect(JSON.stringify(read)).not.toContain("secret");
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
  it("ends with 2 and names every bad argument", async () => {
    const child = spawn(process.execPath, [script, "--zones", "7", "--speed", "x"]);
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const [code] = await once(child, "close");
    expect(code).toBe(2);
    expect(errors).toContain("--broker is missing");
    expect(errors).toContain("--zones takes");
    expect(errors).toContain("--speed takes");
  });

  it("runs against a broker, logs what it does, and goes offline at Ctrl-C", async () => {
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

  it("publishes as the device of another system, for a node of a hub, and says when it goes", async () => {
    const broker = await startBroker();
    const client = await connectAsync(broker.url);
    const got = new Map<string, string>();
    client.on("message", (topic, payload) => got.set(topic, payload.toString()));
    await client.subscribeAsync("#");
    const node = "0b4f5e2a-3c63-4b0c-9a43-0d5e6a1b2c3d";
    const args = ["--broker", broker.url, "--dialect", "heatpump-monitor", "--node", node, "--interval", "1"];
    const child = spawn(process.execPath, [script, ...args]);
    const topic = `nodes/${node}/foreign/heatpump/site1`;
    const began = Date.now();
    await waitFor(() => got.has(`${topic}/data`), "a reading");
    expect(got.get(`${topic}/status/online`)).toBe("true");
    const { timestamp, temperature } = JSON.parse(got.get(`${topic}/data`) ?? "");
    expect(timestamp).toBeGreaterThan(began);
    expect(temperature.outlet).toEqual(expect.any(Number));
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    expect(code).toBe(0);
    await waitFor(() => got.get(`${topic}/status/online`) === "false", "it is gone");
    expect([...got.keys()].filter((each) => !each.startsWith(topic))).toEqual([]);
    await client.endAsync();
    await broker.close();
  });
});
