import type { Context, Transition } from "@heatloop/core/live/transition";
import { publishEvent } from "@heatloop/ha-addon/heat-pump/publish-event";
import { describe, expect, it } from "vitest";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { connectedMqtt, settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";

const at = Date.parse("2026-10-25T12:00:00+01:00");
const fault: Transition = { at, kind: "fault", from: "none", to: "E6 0001", durationS: 60, context: {} as Context };

describe("what happens to a heat pump", () => {
  it("is published once and not retained, unless another installation publishes for it or it is no event", async () => {
    const broker = await testBroker();
    const received = await receiveTopics(broker.url, "heatloop/hp/#");
    const mqtt = await connectedMqtt(broker.url);
    const publish = (transition: Transition, isOurs: boolean) =>
      publishEvent(
        { mqtt, publishingRight: { mayPublishFor: () => isOurs }, zone: () => namedZone("Europe/Rome") },
        "hp",
        transition,
      );
    publish({ ...fault, to: "P6 1234" }, false);
    publish({ ...fault, kind: "lockout" }, true);
    publish(fault, true);
    await settled(mqtt);
    await received.settled();
    expect(received.messages).toEqual([
      {
        topic: "heatloop/hp/event",
        payload: '{"event":"fault","at":"2026-10-25T12:00:00+01:00","from":"none","to":"E6 0001"}',
        retain: false,
        qos: 1,
      },
    ]);
    expect(await retainedTopics(broker.url, "heatloop/#")).toEqual(new Map());
  });
});
