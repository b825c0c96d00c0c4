import { minuteMs } from "@heatloop/core/time/durations";
import { announcedIn, isPiece, rememberedIn } from "@heatloop/ha-addon/heat-pump/announced-schema";
import { startBrokerAnnouncements } from "@heatloop/ha-addon/heat-pump/broker-announcements";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { componentsOf, nextStep } from "@heatloop/mqtt-discovery/publish-steps";
import fc from "fast-check";
import { connectAsync } from "mqtt";
import { describe, expect, it } from "vitest";
import { announcedTopic, announcing, payloadOf } from "#test/support/announcing.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";

/** What anybody may leave under our own topics, and what is kept of it in the data folder. */
const wholes = [
  '{"components":{"x":null}}',
  '{"components":{"x":5,"y":"sensor","z":[]}}',
  '{"components":{"x":{"platform":null}}}',
  '{"components":{"x":{"platform":"sensor","state_topic":5}}}',
  '{"components":[null]}',
  '{"components":{"__proto__":null,"constructor":{"platform":{}}}}',
  '{"components":{},"availability":[null,5,{"topic":{}}]}',
  "[null]",
  "null",
];
const pieces = ["null", "5", "[]", '{"platform":null}', '{"state_topic":[]}', '"x"'];

describe("foreign discovery messages under our own topics", () => {
  it.each(wholes)("%s: the heat pump is announced nevertheless", async (payload) => {
    const broker = await testBroker();
    const client = await connectAsync(broker.url);
    await client.publishAsync(announcedTopic, payload, { retain: true, qos: 1 });
    for (const [i, piece] of pieces.entries()) {
      await client.publishAsync(`homeassistant/sensor/heatloop_hp/x${i}/config`, piece, { retain: true, qos: 1 });
    }
    await client.publishAsync(discoveryTopic("stranger"), payload, { retain: true, qos: 1 });
    await client.endAsync();
    const { device, report, pass, lines } = await announcing(broker);
    report(basicPoints);
    await pass(5 * minuteMs);
    expect(lines.filter((line) => line.includes(" ERROR "))).toEqual([]);
    expect(JSON.parse((await retainedTopics(broker.url)).get(announcedTopic) ?? "null")).toEqual(payloadOf(device));
  });

  it("of any form lead to an announcement, or to none", async () => {
    const next = payloadOf((await announcing(await testBroker())).device);
    const any = fc.oneof(
      fc.json(),
      fc.jsonValue().map((x) => JSON.stringify({ components: { x } })),
    );
    fc.assert(
      fc.property(any, any, (whole, piece) => {
        const pieces = isPiece(JSON.parse(piece)) ? { "homeassistant/sensor/heatloop_hp/x/config": piece } : {};
        const published = { whole: announcedIn(JSON.parse(whole)) ?? null, pieces };
        componentsOf(published);
        nextStep({ device: "hp", published, next, form: "whole", republish: false });
        nextStep({ device: "hp", published, next, form: "pieces", republish: false });
        for (const [, each] of rememberedIn({ hp: { whole: JSON.parse(whole), pieces: { a: piece } } }))
          componentsOf(each);
      }),
    );
  });

  it("hold bounded bytes, however many and long they are", () => {
    let receive: (message: { topic: string; payload: Uint8Array; retained: boolean }) => void = () => {};
    const mqtt = {
      connected: () => true,
      limits: () => ({}) as never,
      publish: async () => true,
      subscribe: (_filter: string, take: typeof receive) => {
        receive = take;
        return () => {};
      },
      onConnected: () => () => {},
      close: async () => {},
    };
    const stateFile = { read: async () => undefined, write: async () => {} };
    const announcements = startBrokerAnnouncements({ mqtt, own: "aaaaaaaa", stateFile });
    const payload = Buffer.from(
      JSON.stringify({ components: { x: { platform: "sensor", name: "x".repeat(900_000) } } }),
    );
    for (let i = 0; i < 100; i += 1) receive({ topic: discoveryTopic(`d${i}`), payload, retained: true });
    const held = Array.from({ length: 100 }, (_, i) => JSON.stringify(announcements.of(`d${i}`)).length);
    expect(held.reduce((sum, length) => sum + length)).toBeLessThan(11_000_000);
    expect(announcements.isOnBroker("d0")).toBe(true);
    for (let i = 0; i < 100; i += 1) receive({ topic: discoveryTopic("d0"), payload, retained: false });
    receive({ topic: discoveryTopic("d0"), payload: Buffer.alloc(0), retained: false });
    expect(announcements.isOnBroker("d0")).toBe(false);
  });
});
