import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { MqttMessage } from "@heatloop/ha-addon/mqtt/message";
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
  other,
  settle,
} from "#test/support/broker/mqtt-link.ts";
import { waitFor } from "#test/support/wait-for.ts";

describe("a subscription", () => {
  it("distinguishes retained messages from live ones and hands bytes on as they are", async () => {
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
    await mqtt.publish("p/a", "new", atLeastOnce);
    await settle(mqtt);
    expect(first.messages).toEqual(["p/a old retained", "p/a new"]);
    expect(second.messages).toEqual(["p/a old retained", "p/a new"]);
  });

  it("hands a message that fits several filters to each taker once", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const filters = ["p/a", "p/+", "p/#", "+/a", "#"];
    const takers = filters.map((filter) => collect(mqtt, filter));
    for (let i = 0; i < 20; i += 1) await mqtt.publish("p/a", `${i}`, i % 2 === 0 ? now : atLeastOnce);
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
    await mqtt.publish("p/a", "1", atLeastOnce);
    await settle(mqtt);
    second.stop();
    second.stop();
    await mqtt.publish("p/a", "2", atLeastOnce);
    await settle(mqtt);
    first.stop();
    const third = collect(mqtt, "p/b");
    await mqtt.publish("p/a", "3", atLeastOnce);
    await mqtt.publish("p/b", "4", atLeastOnce);
    await settle(mqtt);
    expect(first.messages).toEqual(["p/a 1", "p/a 2"]);
    expect(second.messages).toEqual(["p/a 1"]);
    expect(third.messages).toEqual(["p/b 4"]);
  });

  it("can be begun and stopped from inside a taker", async () => {
    const here = await broker();
    const { mqtt } = await connected(here);
    const received: string[] = [];
    const stops: (() => void)[] = [];
    stops.push(
      mqtt.subscribe("p/a", () => {
        received.push("first");
        for (const stop of stops.splice(0)) stop();
        mqtt.subscribe("p/a", () => received.push("third"));
      }),
    );
    stops.push(mqtt.subscribe("p/a", () => received.push("second")));
    await mqtt.publish("p/a", "1", atLeastOnce);
    await settle(mqtt);
    await mqtt.publish("p/a", "2", atLeastOnce);
    await settle(mqtt);
    expect(received).toEqual(["first", "third"]);
  });

  it("survives a taker that throws, and logs once what it threw", async () => {
    const here = await broker();
    const { mqtt, log } = await connected(here);
    mqtt.subscribe("p/#", () => {
      throw new Error("boom");
    });
    mqtt.onConnected(() => {
      throw new Error("bang");
    });
    const received = collect(mqtt, "p/#");
    for (const text of ["1", "2", "3"]) await mqtt.publish("p/a", text, atLeastOnce);
    await settle(mqtt);
    expect(received.messages).toEqual(["p/a 1", "p/a 2", "p/a 3"]);
    expect(log.lines.filter((line) => line.includes("boom")).length).toBe(1);
    expect(log.lines.filter((line) => line.includes("bang")).length).toBe(1);
    expect(mqtt.connected()).toBe(true);
  });

  it("that the broker refuses is named once", async () => {
    const aedes = await Aedes.createBroker();
    aedes.authorizeSubscribe = (_client, subscription, done) =>
      done(null, subscription.topic === "closed/#" ? null : subscription);
    const server = createServer(aedes.handle).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => new Promise<void>((done) => aedes.close(() => server.close(() => done()))));
    const { mqtt, log } = await connected({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
    collect(mqtt, "open/#");
    collect(mqtt, "closed/#");
    collect(mqtt, "closed/#");
    await settle(mqtt);
    expect(log.lines.slice(1).map((line) => line.split(" WARN ")[1])).toEqual([
      expect.stringMatching(/does not let Heatloop subscribe to closed\/# .*: check its access list/),
    ]);
  });

  it.each(["", "a/#/b", "a+"])("of the filter %j is refused", async (filter) => {
    const { mqtt } = link({ url: `mqtt://127.0.0.1:${await freePort()}` });
    expect(() => mqtt.subscribe(filter, () => {})).toThrow(/topic filter/);
  });
});
