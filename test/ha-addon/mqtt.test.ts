import { once } from "node:events";
import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { simulatedClock } from "@heatloop/core/clock";
import { Aedes } from "aedes";
import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../ha-addon/src/clock.ts";
import { connectMqtt, type Mqtt, type MqttMessage, type MqttParts } from "../../ha-addon/src/mqtt.ts";
import { freePort, startBroker, type TestBroker } from "../support/broker.ts";
import { recordingLog } from "../support/recording-log.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";
import { waitFor } from "../support/wait-for.ts";

const will = { topic: "heatloop/status", payload: "offline", retain: true, qos: 1 } as const;
const atEnd: (() => unknown)[] = [];
let clients = 0;

afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

async function broker(options?: Parameters<typeof startBroker>[0]): Promise<TestBroker> {
  const started = await startBroker(options);
  atEnd.push(() => started.close());
  return started;
}

type LinkOptions = Partial<Omit<MqttParts, "log">> & { readonly server?: unknown };

function link(where: { readonly url: string } | Pick<MqttParts & { server: unknown }, "server">, more: LinkOptions = {}) {
  const log = recordingLog();
  clients += 1;
  const parts = { clientId: `heatloop-${clients}`, will, clock: systemClock(), random: () => 0.01, ...where, ...more };
  const mqtt = connectMqtt({ ...parts, log } as MqttParts);
  atEnd.push(() => mqtt.close());
  return { mqtt, log };
}

async function connected(where: { readonly url: string }, more: LinkOptions = {}) {
  const made = link(where, more);
  await waitFor(() => made.mqtt.connected(), "connected");
  return made;
}

/** Another program at the broker. */
async function other(url: string): Promise<MqttClient> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  atEnd.push(() => client.endAsync(true));
  return client;
}

async function heardBy(url: string, filter: string): Promise<string[]> {
  const heard: string[] = [];
  const client = await other(url);
  client.on("message", (topic, payload, { retain }) => heard.push(`${topic} ${payload}${retain ? " retained" : ""}`));
  await client.subscribeAsync(filter, { qos: 1 });
  return heard;
}

function collect(mqtt: Mqtt, filter: string) {
  const messages: string[] = [];
  const take = ({ topic, payload, retained }: MqttMessage) =>
    messages.push(`${topic} ${Buffer.from(payload)}${retained ? " retained" : ""}`);
  return { messages, stop: mqtt.subscribe(filter, take) };
}

/** Waits until everything sent before has gone through the broker and come back. */
async function settle(mqtt: Mqtt): Promise<void> {
  const marks = collect(mqtt, "mark/#");
  const mark = `mark/${Math.random()}`;
  expect(await mqtt.publish(mark, "x", { retain: false, qos: 1 })).toBe(true);
  await waitFor(() => marks.messages.some((message) => message.startsWith(mark)), "the mark came back");
  marks.stop();
}

const now = { retain: false, qos: 0 } as const;
const sure = { retain: false, qos: 1 } as const;
const kept = { retain: true, qos: 1 } as const;

describe("the connection", () => {
  it("waits for a broker that comes late and says so once", async () => {
    const late = await broker();
    await late.stop();
    const { mqtt, log } = link(late);
    const heard = collect(mqtt, "a/+");
    await waitFor(() => mqtt.status().lastError, "the first attempt failed");
    expect(mqtt.status()).toMatchObject({ connected: false, broker: late.url });
    expect(await mqtt.publish("a/b", "never", sure)).toBe(false);
    await late.start();
    await waitFor(() => mqtt.connected(), "connected");
    expect(mqtt.status()).toMatchObject({ connected: true, lastError: null });
    await mqtt.publish("a/b", "x", now);
    await waitFor(() => heard.messages.length > 0, "a message");
    expect(heard.messages).toEqual(["a/b x"]);
    expect(log.lines.map((line) => line.split(" ").slice(1).join(" "))).toEqual([
      `WARN MQTT not connected: nothing listens at 127.0.0.1:${late.port}: is the broker running, and are host and port in mqtt.url right? broker=${late.url}`,
      `INFO MQTT connected broker=${late.url} protocol=5`,
    ]);
  });

  it("comes back after each restart of the broker, with its subscriptions, and says each way once", async () => {
    const restarted = await broker();
    const { mqtt, log } = await connected(restarted);
    const heard = collect(mqtt, "a/#");
    let connections = 0;
    mqtt.onConnected(() => (connections += 1));
    for (let i = 1; i <= 3; i += 1) {
      await restarted.stop();
      await waitFor(() => !mqtt.connected(), "lost");
      await restarted.start();
      await waitFor(() => mqtt.connected(), "connected again");
      await mqtt.publish("a/b", `${i}`, sure);
      await waitFor(() => heard.messages.length >= i, "the message");
    }
    await settle(mqtt);
    expect(heard.messages).toEqual(["a/b 1", "a/b 2", "a/b 3"]);
    expect(connections).toBe(4);
    expect(log.lines.filter((line) => line.includes("connection lost")).length).toBe(3);
    expect(log.lines.filter((line) => line.includes("MQTT connected")).length).toBe(4);
  });

  it("puts off each attempt further, up to a minute", async () => {
    const clock = simulatedClock(0);
    const waits: number[] = [];
    const after: typeof clock.after = (ms, work) => {
      waits.push(ms);
      return clock.after(ms, work);
    };
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    const { log } = link({ url }, { clock: { ...clock, after }, random: () => 1 });
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await waitFor(() => waits.length === attempt, "the attempt failed");
      clock.advanceTo(clock.now() + (waits.at(-1) ?? 0));
    }
    expect(waits.slice(0, 9).map((ms) => ms / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(log.lines.length).toBe(1);
  });

  it("says what to do about a wrong password, and comes in with the right one", async () => {
    const guarded = await broker({
      config(port, folder) {
        execFileSync("mosquitto_passwd", ["-b", "-c", `${folder}/passwords`, "heatloop", "right-pass"]);
        return `listener ${port} 127.0.0.1\npassword_file ${folder}/passwords\n`;
      },
    });
    let password = "wrong-pass";
    const { mqtt, log } = link({ server: async () => ({ url: guarded.url, username: "heatloop", password }) });
    const refusal = await waitFor(() => mqtt.status().lastError, "refused");
    expect(refusal).toMatch(/check mqtt.username and mqtt.password/);
    password = "right-pass";
    await waitFor(() => mqtt.connected(), "connected");
    expect(log.lines.length).toBe(2);
    expect(log.lines.join()).not.toContain("-pass");
    await connected({ url: guarded.url.replace("//", "//heatloop:right-pass@") });
  });

  it("asks again where the broker is, each reason named once", async () => {
    const found = await broker();
    let asked = 0;
    const server = async () => {
      asked += 1;
      if (asked < 4) throw new Error("install the Mosquitto broker app");
      return { url: found.url };
    };
    const { mqtt, log } = link({ server });
    await waitFor(() => mqtt.connected(), "connected");
    expect(log.lines.map((line) => line.split(" ").slice(1).join(" "))).toEqual([
      "WARN MQTT not connected: install the Mosquitto broker app",
      `INFO MQTT connected broker=${found.url} protocol=5`,
    ]);
  });

  it.each([
    ["http://127.0.0.1", /mqtt.url must be like/],
    ["nonsense", /mqtt.url must be like/],
    ["mqtt://no-such-host.invalid", /no-such-host.invalid/],
  ])("says what is wrong with %s", async (url, sentence) => {
    const { mqtt } = link({ url });
    expect(await waitFor(() => mqtt.status().lastError, "refused")).toMatch(sentence);
  });

  it("says that a port is not MQTT's, be it silent, closing or talking something else", async () => {
    const web = createServer().listen(0, "127.0.0.1");
    const closing = createTcpServer((socket) => socket.end()).listen(0, "127.0.0.1");
    await Promise.all([once(web, "listening"), once(closing, "listening")]);
    atEnd.push(() => web.close(), () => closing.close(), () => web.closeAllConnections());
    for (const server of [web, closing]) {
      const { mqtt } = link({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
      const refusal = await waitFor(() => mqtt.status().lastError, "refused");
      expect(refusal).not.toBe("");
      if (server === closing) expect(refusal).toMatch(/is this its MQTT port, and does it expect TLS/);
    }
  });

  it("tells that a second program may have the same client id", async () => {
    const shared = await broker();
    const one = link(shared, { clientId: "twin" });
    link(shared, { clientId: "twin" });
    await waitFor(() => one.log.lines.some((line) => line.includes("is Heatloop running twice")), "the reason");
  });

  it("speaks MQTT 3.1.1 with a broker that knows no other, and remembers it", async () => {
    const aedes = await Aedes.createBroker();
    const versions: unknown[] = [];
    aedes.preConnect = (_client, packet, done) => {
      versions.push(packet.protocolVersion);
      done(null, true);
    };
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      aedes.handle(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    atEnd.push(() => new Promise<void>((done) => aedes.close(() => server.close(() => done()))));
    const { mqtt, log } = await connected({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
    let connections = 0;
    mqtt.onConnected(() => (connections += 1));
    expect(log.lines.length).toBe(1);
    expect(log.lines[0]).toContain("protocol=3.1.1");
    const first = collect(mqtt, "a/+");
    const second = collect(mqtt, "a/b");
    expect(await mqtt.publish("a/b", "x", kept)).toBe(true);
    await waitFor(() => first.messages.length > 0 && second.messages.length > 0, "messages by topic");
    const late = collect(mqtt, "a/b");
    await waitFor(() => late.messages.includes("a/b x retained"), "the retained message");
    for (const socket of sockets) socket.destroy();
    await waitFor(() => connections === 2, "connected again");
    expect(versions).toEqual([5, 4, 4]);
  });

  it("leaves nothing behind when it is closed before, during and after it connects", async () => {
    const here = await broker();
    const before = link(here);
    await before.mqtt.close();
    const { mqtt, log } = await connected(here);
    const heard = collect(mqtt, "a");
    await mqtt.close();
    await mqtt.close();
    expect(mqtt.connected()).toBe(false);
    expect(await mqtt.publish("a", "x", sure)).toBe(false);
    expect(heard.messages).toEqual([]);
    expect(log.lines.length).toBe(1);
    const away = link({ url: `mqtt://127.0.0.1:${await freePort()}` });
    await waitFor(() => away.mqtt.status().lastError, "refused");
    await away.mqtt.close();
  });

  it("calls back at each connection, also when there is one already, until it is stopped", async () => {
    const here = await broker();
    const proxy = await startTcpProxy(here.port);
    atEnd.push(() => proxy.close());
    const { mqtt } = await connected({ url: `mqtt://127.0.0.1:${proxy.port}` });
    const calls: string[] = [];
    mqtt.onConnected(() => calls.push("stays"));
    const stop = mqtt.onConnected(() => calls.push("goes"));
    mqtt.onConnected(() => calls.push("never"))();
    await waitFor(() => calls.length === 2, "both were called");
    stop();
    proxy.cut();
    await waitFor(() => calls.length === 3, "called again");
    expect(calls).toEqual(["stays", "goes", "stays"]);
  });
});

describe("the last will", () => {
  it("is published by the broker when the wire is cut, and not when the program takes its leave", async () => {
    const here = await broker();
    const heard = await heardBy(here.url, "heatloop/#");
    const proxy = await startTcpProxy(here.port);
    atEnd.push(() => proxy.close());
    const { mqtt } = await connected({ url: `mqtt://127.0.0.1:${proxy.port}` });
    await mqtt.publish(will.topic, "online", kept);
    await mqtt.close();
    const second = await connected({ url: `mqtt://127.0.0.1:${proxy.port}` });
    await second.mqtt.publish(will.topic, "online again", kept);
    proxy.cut();
    await waitFor(() => heard.includes("heatloop/status offline"), "the will");
    expect(heard).toEqual(["heatloop/status online", "heatloop/status online again", "heatloop/status offline"]);
    const later = await heardBy(here.url, "heatloop/status");
    await waitFor(() => later.length > 0, "what a newcomer hears");
    expect(later).toEqual(["heatloop/status offline retained"]);
  });
});

async function processOf(argument: RegExp): Promise<number> {
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "");
    if (command.startsWith("mosquitto") && argument.test(command)) return Number(entry);
  }
  throw new Error("no such Mosquitto");
}

/** A broker whose process is known, so that it can be stopped in its tracks. */
async function stoppableBroker() {
  let folder = "";
  const started = await broker({
    config: (port, where) => {
      folder = where;
      return `listener ${port} 127.0.0.1\nallow_anonymous true\n`;
    },
  });
  return { ...started, pid: await processOf(new RegExp(folder)) };
}

describe("a command", () => {
  it("is not sent later when the broker is away", async () => {
    const here = await broker();
    const clock = simulatedClock(0);
    const { mqtt } = await connected(here, { clock });
    await here.stop();
    await waitFor(() => !mqtt.connected(), "lost");
    const answers = await Promise.all([
      mqtt.publish("pump/command", "a", sure),
      mqtt.publish("pump/command", "b", now),
      mqtt.publish("pump/command", "c", kept),
    ]);
    expect(answers).toEqual([false, false, false]);
    await here.start();
    const heard = await heardBy(here.url, "pump/#");
    clock.advanceTo(60_000);
    await waitFor(() => mqtt.connected(), "connected again");
    expect(await mqtt.publish("pump/command", "d", sure)).toBe(true);
    await waitFor(() => heard.length > 0, "the new command");
    expect(heard).toEqual(["pump/command d"]);
  });

  it("is not repeated when the broker died before it confirmed it", async () => {
    const here = await stoppableBroker();
    const clock = simulatedClock(0);
    const { mqtt } = await connected(here, { clock });
    process.kill(here.pid, "SIGSTOP");
    const sent = Promise.all(["a", "b", "c"].map((text) => mqtt.publish("pump/command", text, sure)));
    const stopped = here.stop();
    process.kill(here.pid, "SIGKILL");
    await stopped;
    expect(await sent).toEqual([false, false, false]);
    await here.start();
    const heard = await heardBy(here.url, "pump/#");
    clock.advanceTo(60_000);
    await waitFor(() => mqtt.connected(), "connected again");
    expect(await mqtt.publish("pump/command", "d", sure)).toBe(true);
    await waitFor(() => heard.length > 0, "the new command");
    expect(heard).toEqual(["pump/command d"]);
  });

  it("counts as not sent when the broker does not confirm it in time", async () => {
    const here = await stoppableBroker();
    const clock = simulatedClock(0);
    const { mqtt } = await connected(here, { clock });
    process.kill(here.pid, "SIGSTOP");
    atEnd.push(() => process.kill(here.pid, "SIGCONT"));
    let answer: boolean | undefined;
    void mqtt.publish("pump/command", "a", sure).then((sent) => (answer = sent));
    clock.advanceTo(9_999);
    await new Promise(setImmediate);
    expect(answer).toBeUndefined();
    clock.advanceTo(10_000);
    expect(await waitFor(() => answer !== undefined && { answer }, "an answer")).toEqual({ answer: false });
  });

  it("is sent among hundreds at once, each confirmed, in order", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const heard = await heardBy(here.url, "burst/#");
    const numbers = Array.from({ length: 500 }, (_, i) => `${i}`);
    const answers = await Promise.all(numbers.map((text) => mqtt.publish("burst/x", text, sure)));
    expect(answers.every((sent) => sent)).toBe(true);
    await waitFor(() => heard.length === 500, "all of them");
    expect(heard).toEqual(numbers.map((text) => `burst/x ${text}`));
    expect(mqtt.connected()).toBe(true);
  });

  it.each(["", "a/+", "a/#"])("to the topic %j is refused", async (topic) => {
    const { mqtt } = link({ url: `mqtt://127.0.0.1:${await freePort()}` });
    await expect(mqtt.publish(topic, "x", now)).rejects.toThrow(/topic/);
  });

  it("that the broker's access list forbids counts as not sent and is named once", async () => {
    const here = await broker({
      async config(port, folder) {
        await writeFile(`${folder}/acl`, "topic readwrite open/#\n");
        return `listener ${port} 127.0.0.1\nallow_anonymous true\nacl_file ${folder}/acl\n`;
      },
    });
    const { mqtt, log } = await connected(here);
    expect(await mqtt.publish("open/x", "x", sure)).toBe(true);
    expect(await mqtt.publish("closed/x", "x", sure)).toBe(false);
    expect(await mqtt.publish("closed/x", "y", sure)).toBe(false);
    expect(log.lines.filter((line) => /publish to closed\/x .*check its access list/.test(line)).length).toBe(1);
  });
});

describe("a subscription", () => {
  it("tells retained messages from live ones and hands bytes on as they are", async () => {
    const here = await broker();
    const pump = await other(here.url);
    await pump.publishAsync("p/a", "old", { retain: true, qos: 1 });
    const { mqtt } = await connected(here);
    const taken: MqttMessage[] = [];
    mqtt.subscribe("p/+", (message) => taken.push(message));
    await waitFor(() => taken.length === 1, "the retained message");
    const garbage = Buffer.from([0, 255, 254, 128, 10]);
    const large = Buffer.alloc(1_048_576, 120);
    await pump.publishAsync("p/a", garbage, { retain: true, qos: 1 });
    await pump.publishAsync("p/b", large, { qos: 0 });
    await waitFor(() => taken.length === 3, "the live messages");
    expect(taken.map(({ topic, retained }) => [topic, retained])).toEqual([
      ["p/a", true],
      ["p/a", false],
      ["p/b", false],
    ]);
    expect(garbage.equals(taken[1]?.payload ?? Buffer.of())).toBe(true);
    expect(large.equals(taken[2]?.payload ?? Buffer.of())).toBe(true);
  });

  it("brings the retained messages to a second taker of the same filter, and nothing twice to the first", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    await mqtt.publish("p/a", "old", kept);
    const first = collect(mqtt, "p/#");
    await waitFor(() => first.messages.length === 1, "the retained message");
    const second = collect(mqtt, "p/#");
    await waitFor(() => second.messages.length === 1, "the retained message again");
    await mqtt.publish("p/a", "new", sure);
    await settle(mqtt);
    expect(first.messages).toEqual(["p/a old retained", "p/a new"]);
    expect(second.messages).toEqual(["p/a old retained", "p/a new"]);
  });

  it("hands a message that fits several filters to each taker once", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const filters = ["p/a", "p/+", "p/#", "+/a", "#"];
    const takers = filters.map((filter) => collect(mqtt, filter));
    for (let i = 0; i < 20; i += 1) await mqtt.publish("p/a", `${i}`, i % 2 === 0 ? now : sure);
    await settle(mqtt);
    const expected = Array.from({ length: 20 }, (_, i) => `p/a ${i}`);
    for (const { messages } of takers) {
      const ours = messages.filter((message) => !message.startsWith("mark/"));
      expect(ours.toSorted()).toEqual(expected.toSorted());
    }
  });

  it("ends for the one that stops it and goes on for the others", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const first = collect(mqtt, "p/#");
    const second = collect(mqtt, "p/#");
    await mqtt.publish("p/a", "1", sure);
    await settle(mqtt);
    second.stop();
    second.stop();
    await mqtt.publish("p/a", "2", sure);
    await settle(mqtt);
    first.stop();
    const third = collect(mqtt, "p/b");
    await mqtt.publish("p/a", "3", sure);
    await mqtt.publish("p/b", "4", sure);
    await settle(mqtt);
    expect(first.messages).toEqual(["p/a 1", "p/a 2"]);
    expect(second.messages).toEqual(["p/a 1"]);
    expect(third.messages).toEqual(["p/b 4"]);
  });

  it("can be begun and stopped from inside a taker", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const heard: string[] = [];
    const stops: (() => void)[] = [];
    stops.push(
      mqtt.subscribe("p/a", () => {
        heard.push("first");
        for (const stop of stops.splice(0)) stop();
        mqtt.subscribe("p/a", () => heard.push("third"));
      }),
    );
    stops.push(mqtt.subscribe("p/a", () => heard.push("second")));
    await mqtt.publish("p/a", "1", sure);
    await settle(mqtt);
    await mqtt.publish("p/a", "2", sure);
    await settle(mqtt);
    expect(heard).toEqual(["first", "third"]);
  });

  it("survives a taker that throws, and says what it threw once", async () => {
    const here = await broker();
    const { mqtt, log } = await connected(here);
    mqtt.subscribe("p/#", () => {
      throw new Error("boom");
    });
    mqtt.onConnected(() => {
      throw new Error("bang");
    });
    const heard = collect(mqtt, "p/#");
    for (const text of ["1", "2", "3"]) await mqtt.publish("p/a", text, sure);
    await settle(mqtt);
    expect(heard.messages).toEqual(["p/a 1", "p/a 2", "p/a 3"]);
    expect(log.lines.filter((line) => line.includes("boom")).length).toBe(1);
    expect(log.lines.filter((line) => line.includes("bang")).length).toBe(1);
    expect(mqtt.connected()).toBe(true);
  });

  it.each(["", "a/#/b", "a+"])("of the filter %j is refused", async (filter) => {
    const { mqtt } = link({ url: `mqtt://127.0.0.1:${await freePort()}` });
    expect(() => mqtt.subscribe(filter, () => {})).toThrow(/topic filter/);
  });
});
