import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { Aedes } from "aedes";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import {
  atLeastOnce,
  broker,
  collect,
  connected,
  kept,
  link,
  now,
  receivedBy,
  settle,
  will,
} from "#test/support/broker/mqtt-link.ts";
import { startTcpProxy } from "#test/support/broker/tcp-proxy.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

describe("the connection", () => {
  it("waits for a broker that comes late, with one line in the log", async () => {
    const late = await broker();
    await late.stop();
    const { mqtt, log } = link(late);
    const received = collect(mqtt, "a/+");
    await waitFor(() => mqtt.status().lastError, "the first attempt failed");
    expect(mqtt.status()).toMatchObject({ connected: false, broker: late.url });
    expect(await mqtt.publish("a/b", "never", atLeastOnce)).toBe(false);
    await late.start();
    await waitFor(() => mqtt.connected(), "connected");
    expect(mqtt.status()).toMatchObject({ connected: true, lastError: null });
    await mqtt.publish("a/b", "x", now);
    await waitFor(() => received.messages.length > 0, "a message");
    expect(received.messages).toEqual(["a/b x"]);
    expect(log.lines.map((line) => line.split(" ").slice(1).join(" "))).toEqual([
      `WARN MQTT not connected: nothing listens at 127.0.0.1:${late.port}: is the broker running, and are host and port in mqtt.url right? broker=${late.url}`,
      `INFO MQTT connected broker=${late.url} protocol=5`,
    ]);
  });

  it("comes back after each restart of the broker, with its subscriptions, and logs each way once", async () => {
    const restarted = await broker();
    const { mqtt, log } = await connected(restarted);
    const received = collect(mqtt, "a/#");
    let connections = 0;
    mqtt.onConnected(() => (connections += 1));
    for (let i = 1; i <= 3; i += 1) {
      await restarted.stop();
      await waitFor(() => !mqtt.connected(), "lost");
      await restarted.start();
      await waitFor(() => mqtt.connected(), "connected again");
      await mqtt.publish("a/b", `${i}`, atLeastOnce);
      await waitFor(() => received.messages.length >= i, "the message");
    }
    await settle(mqtt);
    expect(received.messages).toEqual(["a/b 1", "a/b 2", "a/b 3"]);
    expect(connections).toBe(4);
    expect(log.lines.filter((line) => line.includes("connection lost")).length).toBe(3);
    expect(log.lines.filter((line) => line.includes("MQTT connected")).length).toBe(4);
  });

  it("puts off each attempt further, up to 5 s", async () => {
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
    expect(waits.slice(0, 9).map((ms) => ms / 1000)).toEqual([1, 2, 4, 5, 5, 5, 5, 5, 5]);
    expect(log.lines.length).toBe(1);
  });

  it("puts off each attempt up to a minute at a broker that does not let it in", async () => {
    const guarded = await broker({ config: (port) => `listener ${port} 127.0.0.1\nallow_anonymous false\n` });
    const clock = simulatedClock(0);
    const waits: number[] = [];
    const after: typeof clock.after = (ms, work) => {
      waits.push(ms / 1000);
      return clock.after(ms, work);
    };
    link({ url: guarded.url }, { clock: { ...clock, after }, random: () => 1 });
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await waitFor(() => waits.length === attempt, "the attempt is refused");
      clock.advanceTo(clock.now() + (waits.at(-1) ?? 0) * 1000);
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("puts off the next attempt as if there had been no connection, when it did not last", async () => {
    const clock = simulatedClock(0);
    const waits: number[] = [];
    const after: typeof clock.after = (ms, work) => {
      waits.push(ms / 1000);
      return clock.after(ms, work);
    };
    const here = await broker();
    const proxy = await startTcpProxy(here.port);
    onTestFinished(() => proxy.close());
    const url = `mqtt://127.0.0.1:${proxy.port}`;
    const { mqtt } = link({ url }, { clock: { ...clock, after }, random: () => 1 });
    for (const lastedS of [0, 9, 1, 10, 0]) {
      await waitFor(() => mqtt.connected(), "connected");
      clock.advanceTo(clock.now() + lastedS * 1000);
      proxy.cut();
      await waitFor(() => !mqtt.connected(), "lost");
      clock.advanceTo(clock.now() + (waits.at(-1) ?? 0) * 1000);
    }
    expect(waits).toEqual([1, 2, 4, 1, 2]);
  });

  it("has a sentence on what to do about a wrong password, and comes in with the right one", async () => {
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
  ])("has a sentence on what is wrong with %s", async (url, sentence) => {
    const { mqtt } = link({ url });
    expect(await waitFor(() => mqtt.status().lastError, "refused")).toMatch(sentence);
  });

  it("logs that a port is not MQTT's, be it silent, closing or of another protocol", async () => {
    const web = createServer().listen(0, "127.0.0.1");
    const closing = createTcpServer((socket) => socket.end()).listen(0, "127.0.0.1");
    await Promise.all([once(web, "listening"), once(closing, "listening")]);
    onTestFinished(() => {
      web.close();
      web.closeAllConnections();
      closing.close();
    });
    for (const server of [web, closing]) {
      const { mqtt } = link({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
      const refusal = await waitFor(() => mqtt.status().lastError, "refused");
      expect(refusal).not.toBe("");
      if (server === closing) expect(refusal).toMatch(/is this its MQTT port, and does it expect TLS/);
    }
  });

  it("logs that a second program may have the same client id", async () => {
    const shared = await broker();
    const one = link(shared, { clientId: "twin" });
    link(shared, { clientId: "twin" });
    await waitFor(() => one.log.lines.some((line) => line.includes("is Heatloop running twice")), "the reason");
  });

  it("uses MQTT 3.1.1 with a broker that knows no other, also when it connects again", async () => {
    const aedes = await Aedes.createBroker();
    const versions: unknown[] = [];
    const unsubscribed: string[] = [];
    aedes.on("unsubscribe", (filters) => unsubscribed.push(...filters));
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
    onTestFinished(() => new Promise<void>((done) => aedes.close(() => server.close(() => done()))));
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
    for (const { stop } of [late, first, second]) stop();
    await waitFor(() => unsubscribed.length === 2, "nobody wants anything");
    expect(unsubscribed).toEqual(["a/+", "a/b"]);
    for (const socket of sockets) socket.destroy();
    await waitFor(() => connections === 2, "connected again");
    expect(versions).toEqual([5, 4, 4]);
  });

  it("leaves nothing behind when it is closed before, during and after it connects", async () => {
    const here = await broker();
    const before = link(here);
    await before.mqtt.close();
    const { mqtt, log } = await connected(here);
    const received = collect(mqtt, "a");
    await mqtt.close();
    await mqtt.close();
    expect(mqtt.connected()).toBe(false);
    expect(await mqtt.publish("a", "x", atLeastOnce)).toBe(false);
    expect(received.messages).toEqual([]);
    expect(log.lines.length).toBe(1);
    const away = link({ url: `mqtt://127.0.0.1:${await freePort()}` });
    await waitFor(() => away.mqtt.status().lastError, "refused");
    await away.mqtt.close();
  });

  it("calls back at each connection, also when there is one already, until it is stopped", async () => {
    const here = await broker();
    const proxy = await startTcpProxy(here.port);
    onTestFinished(() => proxy.close());
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
  it("is published by the broker when the wire is cut, and not when the program disconnects", async () => {
    const here = await broker();
    const received = await receivedBy(here.url, "heatloop/#");
    const proxy = await startTcpProxy(here.port);
    onTestFinished(() => proxy.close());
    const { mqtt } = await connected({ url: `mqtt://127.0.0.1:${proxy.port}` });
    await mqtt.publish(will.topic, "online", kept);
    await mqtt.close();
    const second = await connected({ url: `mqtt://127.0.0.1:${proxy.port}` });
    await second.mqtt.publish(will.topic, "online again", kept);
    proxy.cut();
    await waitFor(() => received.includes("heatloop/status offline"), "the will");
    expect(received).toEqual(["heatloop/status online", "heatloop/status online again", "heatloop/status offline"]);
    const later = await receivedBy(here.url, "heatloop/status");
    await waitFor(() => later.length > 0, "what a newcomer receives");
    expect(later).toEqual(["heatloop/status offline retained"]);
  });
});
