import { connectMqtt, type Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import type { MqttStatus } from "@heatloop/ha-addon/mqtt/stay-connected";
import { systemClock } from "@heatloop/program/clock";
import { onTestFinished } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

let clients = 0;

/** The program's own MQTT adapter at a real broker, for the length of a test. `connected: false`: does not wait for it. */
export async function connectedMqtt(
  url: string,
  how: { readonly connected?: false } = {},
): Promise<Mqtt & { status(): MqttStatus }> {
  clients += 1;
  const mqtt = connectMqtt({
    url,
    clientId: `heatloop-under-test-${clients}`,
    will: { topic: "heatloop/status", payload: "offline", retain: true, qos: 1 },
    clock: systemClock(),
    log: recordingLog(),
    random: () => 0.01,
  });
  onTestFinished(() => mqtt.close());
  if (how.connected !== false) await waitFor(() => mqtt.connected(), "connected to the broker");
  return mqtt;
}

/** Waits until everything that the broker had before was handed to this connection's subscribers. */
export async function settled(mqtt: Mqtt): Promise<void> {
  const mark = `mark/${Math.random()}`;
  let back = false;
  const stop = mqtt.subscribe(mark, () => {
    back = true;
  });
  await waitFor(() => mqtt.publish(mark, "x", { retain: false, qos: 1 }), "the mark was sent");
  await waitFor(() => back, "the mark came back");
  stop();
}
