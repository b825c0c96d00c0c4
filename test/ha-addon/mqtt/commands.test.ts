import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { atLeastOnce, broker, connected, kept, link, now, receivedBy } from "#test/support/broker/mqtt-link.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

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

/** As much MQTT 5 as it takes to disconnect a client with more than `most` unconfirmed messages; Mosquitto is lenient. */
async function brokerThatTakes(most: number): Promise<number> {
  const server = createTcpServer((socket) => {
    let buffer = Buffer.alloc(0);
    const unconfirmed: Buffer[] = [];
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let length = 2 + (buffer[1] ?? 0); buffer.length >= length; length = 2 + (buffer[1] ?? 0)) {
        const packet = buffer.subarray(0, length);
        buffer = buffer.subarray(length);
        const kind = packet.readUInt8(0) >> 4;
        if (kind === 1) socket.write(Buffer.from([0x20, 6, 0, 0, 3, 0x21, 0, most]));
        if (kind === 3) unconfirmed.push(packet.subarray(4 + packet.readUInt16BE(2)).subarray(0, 2));
        if (unconfirmed.length > most) socket.destroy();
      }
      setImmediate(() => {
        const id = unconfirmed.shift();
        if (id !== undefined) socket.write(Buffer.concat([Buffer.from([0x40, 2]), id]));
        if (unconfirmed.length > 0) socket.emit("data", Buffer.alloc(0));
      });
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("a command", () => {
  it("is not sent later when the broker is away", async () => {
    const here = await broker();
    const clock = simulatedClock(0);
    const { mqtt } = await connected(here, { clock });
    await here.stop();
    await waitFor(() => !mqtt.connected(), "lost");
    const answers = await Promise.all([
      mqtt.publish("pump/command", "a", atLeastOnce),
      mqtt.publish("pump/command", "b", now),
      mqtt.publish("pump/command", "c", kept),
    ]);
    expect(answers).toEqual([false, false, false]);
    await here.start();
    const received = await receivedBy(here.url, "pump/#");
    clock.advanceTo(60_000);
    await waitFor(() => mqtt.connected(), "connected again");
    expect(await mqtt.publish("pump/command", "d", atLeastOnce)).toBe(true);
    await waitFor(() => received.length > 0, "the new command");
    expect(received).toEqual(["pump/command d"]);
  });

  it("is not repeated when the broker died before it confirmed it", async () => {
    const here = await stoppableBroker();
    const clock = simulatedClock(0);
    const { mqtt } = await connected(here, { clock });
    process.kill(here.pid, "SIGSTOP");
    const texts = Array.from({ length: 100 }, (_, i) => `${i}`);
    const sent = Promise.all(texts.map((text) => mqtt.publish("pump/command", text, atLeastOnce)));
    const stopped = here.stop();
    process.kill(here.pid, "SIGKILL");
    await stopped;
    expect(await sent).toEqual(texts.map(() => false));
    await here.start();
    const received = await receivedBy(here.url, "pump/#");
    clock.advanceTo(60_000);
    await waitFor(() => mqtt.connected(), "connected again");
    expect(await mqtt.publish("pump/command", "d", atLeastOnce)).toBe(true);
    await waitFor(() => received.length > 0, "the new command");
    expect(received).toEqual(["pump/command d"]);
  });

  it("counts as not sent when the broker does not confirm it in time", async () => {
    const here = await stoppableBroker();
    const clock = simulatedClock(0);
    const { mqtt } = await connected(here, { clock });
    process.kill(here.pid, "SIGSTOP");
    onTestFinished(() => void process.kill(here.pid, "SIGCONT"));
    let answer: boolean | undefined;
    void mqtt.publish("pump/command", "a", atLeastOnce).then((sent) => (answer = sent));
    clock.advanceTo(9_999);
    await new Promise(setImmediate);
    expect(answer).toBeUndefined();
    clock.advanceTo(10_000);
    expect(await waitFor(() => answer !== undefined && { answer }, "an answer")).toEqual({ answer: false });
  });

  it("is sent among hundreds at once, each confirmed, in order", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const received = await receivedBy(here.url, "burst/#");
    const numbers = Array.from({ length: 500 }, (_, i) => `${i}`);
    const answers = await Promise.all(numbers.map((text) => mqtt.publish("burst/x", text, atLeastOnce)));
    expect(answers.every((sent) => sent)).toBe(true);
    await waitFor(() => received.length === 500, "all of them");
    expect(received).toEqual(numbers.map((text) => `burst/x ${text}`));
    expect(mqtt.connected()).toBe(true);
  });

  it("waits its turn at a broker that takes three unconfirmed ones at once", async () => {
    const port = await brokerThatTakes(3);
    const { mqtt } = await connected({ url: `mqtt://127.0.0.1:${port}` });
    const answers = await Promise.all(Array.from({ length: 20 }, () => mqtt.publish("a", "x", atLeastOnce)));
    expect(answers).toEqual(answers.map(() => true));
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
    expect(await mqtt.publish("open/x", "x", atLeastOnce)).toBe(true);
    expect(await mqtt.publish("closed/x", "x", atLeastOnce)).toBe(false);
    expect(await mqtt.publish("closed/x", "y", atLeastOnce)).toBe(false);
    expect(log.lines.filter((line) => /publish to closed\/x .*check its access list/.test(line)).length).toBe(1);
  });
});
