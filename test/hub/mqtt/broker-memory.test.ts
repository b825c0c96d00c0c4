import { randomUUID } from "node:crypto";
import { foreignPrefix } from "@heatloop/core/hub/dialects";
import { nodeTopic } from "@heatloop/core/hub/topics";
import { openNodeCa } from "@heatloop/hub/nodes/node-ca";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { highestResidentMb } from "#scripts/bench/highest-resident.ts";
import { nodeCertificate } from "#test/support/hub/node-certificate.ts";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Of its container in deploy/hub/compose.yaml. */
const limitMb = 24;
/** Two hubs have so many connections for each. */
const hubConnections = { status: 48, telemetry: 96, events: 16, "foreign/#": 96 };
const markLength = 8;

test.each([
  ["an hour of minutes of 250 homes", 2_000, 15_000, true],
  ["the largest messages that it takes", 250_000, 600, false],
])(
  "while hubs are busy, %s do not cost the broker more memory than it has, and other nodes go on",
  async (_name, size, count, staysConnected) => {
    const broker = await startedBroker();
    const hubs = await busyHubs(broker);
    const [loud, quiet] = [await broker.node(), await broker.node()];
    let ends = 0;
    loud.client.on("close", () => {
      ends += 1;
    });
    await flood(loud.client, { topic: nodeTopic(loud.id, "telemetry"), size, count }, () => ends > 3);
    expect(ends === 0).toBe(staysConnected);
    expect(hubs.waiting()).toBeGreaterThan(0);
    await quiet.client.publishAsync(nodeTopic(quiet.id, "status"), "I live", { qos: 1 });
    expect(quiet.client.connected).toBe(true);
    expect(highestResidentMb(broker.pid())).toBeLessThan(limitMb);
  },
);

test.each([
  ["short readings", 30],
  ["whole messages", 1_000],
])(
  "of %s of another system none is lost while hubs are busy, as its bridge sends again what was not confirmed",
  async (_name, size) => {
    const broker = await startedBroker();
    const hubs = await busyHubs(broker);
    const bridge = await broker.node();
    const messages = { topic: `${foreignPrefix(bridge.id)}heatpump/site1/data`, size, count: 36_000 };
    bridge.client.once("close", () => hubs.go());
    await flood(bridge.client, messages);
    await waitFor(() => hubs.taken() === messages.count, "every message came", 60_000);
    expect(highestResidentMb(broker.pid())).toBeLessThan(limitMb);
  },
);

async function startedBroker() {
  const ca = await openNodeCa(await openSecrets(temporaryFolder()));
  const broker = await startNodesBroker(onTestFinished);
  await broker.start(ca.certificate, await ca.revocations([], Date.now()));

  async function node() {
    const id = randomUUID();
    const { cert, key } = await nodeCertificate(ca, id);
    const client = await connectAsync(broker.nodesUrl, {
      ...{ protocolVersion: 5, clientId: id, ca: broker.ca, cert, key, reconnectPeriod: 100 },
    });
    client.on("error", () => {});
    onTestFinished(() => client.endAsync(true));
    return { id, client };
  }
  return { ...broker, node };
}

/** Connections as hubs have them, that acknowledge nothing until they are told to. */
async function busyHubs(broker: Awaited<ReturnType<typeof startNodesBroker>>) {
  const waiting: (() => void)[] = [];
  const taken = new Set<string>();
  let isBusy = true;
  const customHandleAcks: NonNullable<IClientOptions["customHandleAcks"]> = (_topic, payload, _packet, done) => {
    const take = () => {
      taken.add(payload.subarray(0, markLength).toString());
      done(0);
    };
    if (isBusy) waiting.push(take);
    else take();
  };
  const kinds = Object.entries(hubConnections).flatMap(([kind, count]) => Array<string>(count).fill(kind));
  for (const kind of kinds) {
    const client = await connectAsync(broker.hubUrl, {
      ...{ protocolVersion: 5, password: broker.hubPassword, properties: { receiveMaximum: 2 }, customHandleAcks },
    });
    onTestFinished(() => client.endAsync(true));
    await client.subscribeAsync(`$share/ingest/nodes/+/${kind}`, { qos: 1 });
  }
  return {
    waiting: () => waiting.length,
    taken: () => taken.size,
    go(): void {
      isBusy = false;
      for (const take of waiting) take();
    },
  };
}

/** Sends numbered messages, fifty at a time. */
async function flood(
  client: MqttClient,
  messages: { readonly topic: string; readonly size: number; readonly count: number },
  isOver: () => boolean = () => false,
): Promise<void> {
  const { topic, size, count } = messages;
  let [sent, confirmed] = [0, 0];
  const publish = () => {
    const payload = Buffer.alloc(size, 97);
    payload.write(String(sent).padStart(markLength, "0"));
    sent += 1;
    client.publish(topic, payload, { qos: 1 }, () => {
      confirmed += 1;
      if (sent < count && !isOver()) publish();
    });
  };
  for (let i = 0; i < 50; i += 1) publish();
  await waitFor(() => confirmed === count || isOver(), "everything was sent", 60_000);
}
