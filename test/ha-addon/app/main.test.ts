import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { startedProgram } from "#test/support/started-program.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Expects sentences for the owner, without a stack trace. */
function expectNoStack(written: string): void {
  expect(written).not.toMatch(/\n\s+at |node:internal|Error:/);
}

describe("options that are wrong", () => {
  it("end the program with every mistake at once, each with what is allowed", async () => {
    const options = {
      mqtt: { url: "http://broker", username: 7, pasword: "secret" },
      home_assistant: { url: "http://home:8123" },
      log_level: "loud",
    };
    const { code, written } = await startedProgram({ options }).ended();
    expect(code).toBe(1);
    const [first, ...mistakes] = written.trimEnd().split("\n");
    expect(first).toMatch(/^The options \(.*\/options\.json\) cannot be used:$/);
    expect(mistakes.map((line) => line.trim())).toEqual([
      "mqtt.url: found a text that is not shown here; allowed: mqtt://host[:port], or mqtts://host[:port] with TLS, without user name and password in it",
      "mqtt.username: found 7; allowed: a text, or empty",
      "mqtt.pasword: found an unknown key; allowed: one of url, username, password, ca_file",
      "home_assistant.token: found nothing; allowed: a long-lived access token of Home Assistant, as home_assistant.url is given",
      "log_level: found a text that is not shown here; allowed: one of debug, info, warn, error",
    ]);
  });

  it.each([
    ["no JSON", "mqtt: broker", /found a text that is not JSON; allowed: a JSON object/],
    [
      "no broker where there is no Supervisor",
      {},
      /mqtt\.url: found nothing; allowed: mqtt:\/\/host\[:port\], as there is no Supervisor/,
    ],
    [
      "no file at all",
      undefined,
      /mqtt\.url: found nothing; allowed: mqtt:\/\/host\[:port\], as there is no Supervisor/,
    ],
  ])("as there is %s end it with a sentence", async (_, options, sentence) => {
    const { code, written } = await startedProgram({ options }).ended();
    expect(code).toBe(1);
    expect(written).toMatch(sentence);
    expectNoStack(written);
  });

  it("as the file cannot be read end it with a sentence", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "options.json"));
    const { code, written } = await startedProgram({ folder }).ended();
    expect(code).toBe(1);
    expect(written).toMatch(/found a file that cannot be read \(EISDIR\); allowed: a JSON file that Heatloop may read/);
    expectNoStack(written);
  });
});

it("a wrong environment ends it with a sentence", async () => {
  const { code, written } = await startedProgram({ environment: { HEATLOOP_PORT: "http" } }).ended();
  expect(code).toBe(1);
  expect(written).toBe(
    "The environment cannot be used:\n  HEATLOOP_PORT: found a text that is not shown here; allowed: a port from 0 to 65535\n",
  );
});

describe("where it cannot listen", () => {
  async function refused(environment: Readonly<Record<string, string>>) {
    const options = { mqtt: { url: `mqtt://127.0.0.1:${await freePort()}` } };
    return startedProgram({ options, environment }).ended();
  }

  it("as the port is taken, it logs that and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => {
      other.close();
    });
    const address = other.address();
    const port = typeof address === "object" ? `${address?.port}` : "";
    const { code, written } = await refused({ HEATLOOP_PORT: port });
    expect(code).toBe(1);
    expect(written).toContain(
      `ERROR port ${port} is taken: does Heatloop run already? If another program has it, set HEATLOOP_PORT`,
    );
    expectNoStack(written);
  });

  it("as the address is none of the machine's, it logs that and what to do", async () => {
    const { code, written } = await refused({ HEATLOOP_HOST: "203.0.113.7" });
    expect(code).toBe(1);
    expect(written).toContain("ERROR 203.0.113.7 is no address of this machine: set HEATLOOP_HOST to one");
    expectNoStack(written);
  });
});

describe("the end", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "by %s is clean: the running minute is written, and it is offline",
    async (signal) => {
      const { url } = await testBroker();
      const firmware = await firmwareOnMqtt(url, "hp");
      await firmware.publishPoints(basicPoints);
      await firmware.status("online");
      const running = startedProgram({ options: { mqtt: { url } } });
      const page = await running.url();
      await waitFor(async () => (await (await fetch(`${page}/api/devices`)).text()).includes('"hp"'), "the heat pump");
      for (const point of ["flow_rate", "flow_temperature", "return_temperature", "compressor"] as const)
        await firmware.publishPoint(point);
      await waitFor(
        async () => (await (await fetch(`${page}/api/devices/hp/status`)).text()).includes('"online":true'),
        "it is online",
      );
      const startedAt = Date.now();
      running.child.kill(signal);
      running.child.kill(signal);
      const { code, written } = await running.ended();
      expect(code).toBe(0);
      expectNoStack(written);
      expect(written.trimEnd().split("\n").at(-1)).toContain("INFO Heatloop has ended");
      expect((await retainedTopics(url, "heatloop/status")).get("heatloop/status")).toBe("offline");
      const date = new Date(startedAt).toLocaleDateString("sv-SE", { timeZone: "Europe/Rome" });
      const file = join(running.folder, "archive", "hp", date.slice(0, 4), `${date}.csv`);
      const lines = readFileSync(file, "utf8").trimEnd().split("\n");
      expect(lines[0]).toBe(minutesHeader);
      expect(Math.abs(Date.parse((lines.at(-1) as string).slice(0, 25)) - startedAt)).toBeLessThan(120_000);
    },
  );
});

it("under the Supervisor it needs no option at all, and waits for what is not there yet", async () => {
  const running = startedProgram({
    environment: { SUPERVISOR_TOKEN: "the-supervisor's-token", HEATLOOP_HOST: "127.0.0.1" },
  });
  const page = await running.url();
  await waitFor(() => running.written().includes("MQTT not connected"), "the broker is asked for");
  expect(await (await fetch(`${page}/api/health`)).json()).toMatchObject({
    status: "degraded",
    mqtt: { state: "away" },
    home_assistant: { state: "away" },
  });
  running.child.kill("SIGTERM");
  const { code, written } = await running.ended();
  expect(code).toBe(0);
  expect(written).not.toContain("the-supervisor's-token");
});
