import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { piecesOf } from "@heatloop/mqtt-discovery/pieces";
import { connectAsync } from "mqtt";
import { describe, expect, it } from "vitest";
import { type Announcement, announcedTopic, announcing, leaveConfig, payloadOf } from "#test/support/announcing.ts";
import { startBroker } from "#test/support/broker/broker.ts";
import { settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints } from "#test/support/firmware-on-mqtt.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const other = "bbbbbbbb";
const othersAvailability = [{ topic: `heatloop/${other}/status` }];

/** What another installation left on the broker, and its status. */
async function otherAnnounced(url: string, status: "online" | "offline", messages: Readonly<Record<string, string>>) {
  const client = await connectAsync(url);
  for (const [topic, payload] of Object.entries({ ...messages, [`heatloop/${other}/status`]: status })) {
    await client.publishAsync(topic, payload, { retain: true, qos: 1 });
  }
  await client.endAsync();
}

describe("what another installation has announced", () => {
  it("is left alone for ten minutes after it went offline, then taken over with its entities", async () => {
    const broker = await testBroker();
    const theirs = { availability: othersAvailability, components: { a: { platform: "sensor", unique_id: "a" } } };
    await otherAnnounced(broker.url, "offline", { [announcedTopic]: JSON.stringify(theirs) });
    const { announcer, device, announced, report, pass } = await announcing(broker);
    report(basicPoints);
    await pass(9 * minuteMs);
    expect(announced).toEqual([]);
    expect([announcer.mayPublishFor("hp"), announcer.otherPublisherOf("hp")]).toEqual([false, other]);
    report(basicPoints);
    await pass(3 * minuteMs);
    expect([announcer.mayPublishFor("hp"), announcer.otherPublisherOf("hp")]).toEqual([true, undefined]);
    expect(JSON.parse((announced.at(-1) as Announcement).payload)).toEqual(payloadOf(device));
  });

  it("in pieces is known by them, and taken over in pieces or as a whole", async () => {
    const broker = await testBroker();
    const client = await announcing(broker);
    client.report(basicPoints);
    const theirs = piecesOf("hp", { ...payloadOf(client.device), availability: othersAvailability });
    client.announcer.stop();
    await otherAnnounced(broker.url, "online", theirs);
    const { announced, report, pass, mqtt, announcer } = await announcing(broker);
    report(basicPoints);
    await settled(mqtt);
    await pass(5 * minuteMs);
    expect(announcer.otherPublisherOf("hp")).toBe(other);
    expect(announced).toEqual([]);
    await otherAnnounced(broker.url, "offline", {});
    await settled(mqtt);
    await pass(12 * minuteMs);
    const retained = await retainedTopics(broker.url, "homeassistant/#");
    expect([...retained.keys()]).toEqual([announcedTopic]);
    expect(retained.get(announcedTopic)).toContain("heatloop/aaaaaaaa/status");
  });

  it("is not removed, be the other one online or not, and neither is what an older release announced", async () => {
    const broker = await testBroker();
    const theirs = { availability: othersAvailability, components: { a: { platform: "sensor" } } };
    await otherAnnounced(broker.url, "offline", { [discoveryTopic("theirs")]: JSON.stringify(theirs) });
    await leaveConfig(broker, "older", {
      availability: [{ topic: "heatloop/status" }],
      components: { a: { platform: "sensor" } },
    });
    const { pass } = await announcing(broker);
    await pass(30 * minuteMs);
    expect([...(await retainedTopics(broker.url, "homeassistant/#")).keys()].toSorted()).toEqual(
      [discoveryTopic("older"), discoveryTopic("theirs")].toSorted(),
    );
  });
});

it("at a broker that retains nothing an installation stores what it announced, and removes what the settings dropped", async () => {
  const config = (port: number) => `listener ${port} 127.0.0.1\nallow_anonymous true\nretain_available false\n`;
  const broker = await startBroker({ config });
  try {
    const folder = temporaryFolder();
    const first = await announcing(broker, undefined, { folder });
    first.report(basicPoints);
    await first.pass(10 * secondMs);
    expect(first.announced).toHaveLength(1);
    first.announcer.stop();
    const second = await announcing(broker, undefined, { folder });
    second.living.length = 0;
    const received = await receiveTopics(broker.url, "homeassistant/#");
    await second.pass(2 * minuteMs);
    await received.settled();
    // It may be without power for the moment.
    expect(received.of(announcedTopic)).toEqual([]);
    second.announcer.stop();
    const third = await announcing(broker, undefined, { folder });
    third.living.length = 0;
    third.dropped.add("hp");
    await third.pass(2 * minuteMs);
    await received.settled();
    expect(received.of(announcedTopic)).toEqual([""]);
  } finally {
    await broker.close();
  }
});
