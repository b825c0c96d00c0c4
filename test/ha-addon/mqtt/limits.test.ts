import { announcedLimits, learnLimits, noLimits, nothingLearned, stricter } from "@heatloop/ha-addon/mqtt/limits";
import { describe, expect, it, test } from "vitest";
import { atLeastOnce, broker, connected, kept, receivedBy, settle } from "#test/support/broker/mqtt-link.ts";
import { olderBroker } from "#test/support/broker/older-broker.ts";
import { waitFor } from "#test/support/wait-for.ts";

const limited = (line: string) =>
  broker({ config: (port) => `listener ${port} 127.0.0.1\nallow_anonymous true\n${line}\n` });

/** The broker's address in each version of MQTT. */
const versions = [
  ["5", async ({ url }: { url: string }) => url],
  ["3.1.1", ({ port }: { port: number }) => olderBroker(port)],
] as const;

describe.each(versions)("a broker of MQTT %s", (version, addressOf) => {
  it("that retains nothing is used all the same, and a line in the log has once what to change", async () => {
    const here = await limited("retain_available false");
    const { mqtt, log } = await connected({ url: await addressOf(here) });
    const received = await receivedBy(here.url, "a/#");
    expect(mqtt.limits()).toEqual({ ...noLimits, retain: false });
    expect(await mqtt.publish("a/b", "x", kept)).toBe(true);
    await settle(mqtt);
    await waitFor(() => received.length > 0, "it has arrived");
    expect(received).toEqual(["a/b x"]);
    const logged = log.lines.filter((line) => line.includes("retain_available true"));
    expect(logged).toHaveLength(1);
    // Before MQTT 5 the first attempt is closed without a reason.
    expect(log.lines.filter((line) => line.includes("not connected"))).toHaveLength(version === "5" ? 0 : 1);
  });

  it("that takes QoS 0 only is used all the same, and a line in the log has once what to change", async () => {
    const here = await limited("max_qos 0");
    const { mqtt, log } = await connected({ url: await addressOf(here) });
    expect(mqtt.limits()).toEqual({ ...noLimits, qos: 0 });
    expect(await mqtt.publish("a/b", "x", kept)).toBe(true);
    await settle(mqtt);
    const received = await receivedBy(here.url, "a/#");
    await waitFor(() => received.length > 0, "the retained message");
    expect(received).toEqual(["a/b x retained"]);
    expect(log.lines.filter((line) => line.includes("max_qos 2"))).toHaveLength(1);
  });

  it("that retains nothing and takes QoS 0 only is used too", async () => {
    const here = await limited("max_qos 0\nretain_available false");
    const { mqtt } = await connected({ url: await addressOf(here) });
    expect(mqtt.limits()).toMatchObject({ retain: false, qos: 0 });
    await settle(mqtt);
  });

  it("that takes small messages only is sent no larger ones, and the connection goes on", async () => {
    const here = await limited("max_packet_size 65536");
    const { mqtt, log } = await connected({ url: await addressOf(here) });
    let lost = 0;
    const sendLarge = () => mqtt.publish("a/large", "x".repeat(80_000), atLeastOnce);
    // A broker that does not announce its limit has to end two connections.
    for (; lost < 2 && mqtt.limits().packetBytes > 80_000; lost += 1) {
      expect(await sendLarge()).toBe(false);
      await waitFor(() => !mqtt.connected(), "lost");
      await waitFor(() => mqtt.connected(), "connected again");
    }
    expect(lost).toBe(version === "5" ? 0 : 2);
    expect(await sendLarge()).toBe(false);
    await settle(mqtt);
    expect(await mqtt.publish("a/small", "x".repeat(60_000), atLeastOnce)).toBe(true);
    await mqtt.publish("a/larger", "x".repeat(90_000), atLeastOnce);
    const logged = log.lines.filter((line) => line.includes("is larger and cannot be published"));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("a/large ");
    expect(mqtt.status().tooLarge).toBe("a/large");
  });
});

test.each([
  [undefined, noLimits],
  [{}, noLimits],
  [
    { maximumPacketSize: 100, retainAvailable: false, maximumQoS: 0 },
    { packetBytes: 100, retain: false, qos: 0 },
  ],
  [
    { retainAvailable: 0, maximumQoS: 1 },
    { ...noLimits, retain: false },
  ],
  [{ retainAvailable: 1, maximumQoS: 2 }, noLimits],
] as const)("CONNACK %j limits to %j", (connack, limits) => {
  expect(announcedLimits(connack)).toEqual(limits);
  expect(stricter(limits, noLimits)).toEqual(limits);
});

describe("the ends of connections", () => {
  const end = {
    code: undefined,
    accepted: true,
    silent: true,
    version: 5,
    largestUnconfirmedBytes: 0,
    lasted: false,
  } as const;

  it("teach nothing where nothing large was under way, or where the connection had lasted", () => {
    let learned = nothingLearned;
    for (let i = 0; i < 10; i += 1) learned = learnLimits(learned, { ...end, largestUnconfirmedBytes: 1_000 });
    for (let i = 0; i < 10; i += 1) {
      learned = learnLimits(learned, { ...end, largestUnconfirmedBytes: 90_000, lasted: true });
    }
    expect(learned.limits).toEqual(noLimits);
  });

  it("teach the size at once where the broker names it", () => {
    const signs = { ...end, code: "149", silent: false, largestUnconfirmedBytes: 90_000 };
    expect(learnLimits(nothingLearned, signs).limits.packetBytes).toBe(89_999);
  });

  it("do not go round for ever where the broker names a limit that is applied already", () => {
    const signs = { ...end, code: "154", silent: false, accepted: false };
    const once = learnLimits(nothingLearned, signs);
    expect(learnLimits(once, signs)).toBe(once);
  });
});
