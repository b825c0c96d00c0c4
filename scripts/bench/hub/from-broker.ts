import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FirmwareMessage } from "@heatloop/core/dialects/f1p";
import { nodeTopic } from "@heatloop/core/hub/topics";
import { dialectIntake } from "@heatloop/hub/dialects/take-dialect";
import { followForeign } from "@heatloop/hub/mqtt/foreign-messages";
import { type HubMqtt, openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { followRows } from "@heatloop/hub/mqtt/node-rows";
import { bodySpacesOfHeap } from "@heatloop/hub/telemetry/body-space";
import { minuteColumns } from "@heatloop/hub/telemetry/minute-columns";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { pahoVersion } from "../ingest-sinks.ts";
import { type Mosquitto, startMosquitto } from "../mosquitto.ts";
import { peerFromPyPi } from "../peer-packages.ts";
import { endProcess, until } from "../processes.ts";
import { openRawPublisher, packetsOf } from "../raw-publisher.ts";
import { minuteColumnsSql, type StoredHub, telemetryOf } from "./stored-hub.ts";

const storedWithinMs = 120_000;

/** What stores rows that homes publish: it has a broker of its own. */
export type RowSink = {
  readonly broker: Mosquitto;
  /** How many messages were stored, and acknowledged, since the start. */
  messages(): number;
  close(): Promise<void>;
};

/** What a home publishes: an id of a node, and texts of rows. */
export type HomeRows = { readonly node: string; readonly bodies: readonly string[] };

/** The hub itself, with the rows of homes. */
export function hubSink({ database, jobs, takeTelemetry }: StoredHub): Promise<RowSink> {
  const tenantOfNode = nodeLookUp(jobs);
  // Few nodes send what many would.
  const publishPace = { takes: () => true };
  return sinkOf((mqtt) =>
    followRows({
      publishPace,
      mqtt,
      tenantOfNode,
      takeTelemetry,
      spaces: bodySpacesOfHeap(),
      database,
      clock: systemClock(),
    }),
  );
}

/** The hub itself, with the readings of other systems. */
export function readingsSink({ telemetry, jobs, log }: StoredHub): Promise<RowSink> {
  const takeDialect = dialectIntake({ ...telemetry, log });
  const tenantOfNode = nodeLookUp(jobs);
  return sinkOf((mqtt) => followForeign({ mqtt, tenantOfNode, takeDialect, bareNode: undefined, log }));
}

async function sinkOf(follow: (mqtt: HubMqtt) => void): Promise<RowSink> {
  const broker = await startMosquitto();
  const log = startLog({ level: "error", write: (line) => process.stderr.write(line), now: Date.now });
  const mqtt = openHubMqtt({ url: broker.url, password: undefined, ca: undefined, clock: systemClock(), log });
  let [messages, connections] = [0, 0];
  const counting: typeof mqtt.share = (filter, take, sideBySide) => {
    connections += sideBySide;
    const counted: typeof take = async (topic, payload, arrival) => {
      await take(topic, payload, arrival);
      messages += 1;
    };
    mqtt.share(filter, counted, sideBySide);
  };
  follow({ ...mqtt, share: counting });
  await until(() => broker.filtersOf("mqttjs_") === connections, "the hub follows what is sent");
  return { broker, messages: () => messages, close: () => mqtt.close().then(broker.close) };
}

/** paho and psycopg2's execute_values, into a table of the same columns; rejected with a sentence where they cannot be had. */
export async function pahoSink(hub: StoredHub): Promise<RowSink> {
  const python = await peerFromPyPi("psycopg2-binary", "2.9.13", [`paho-mqtt==${pahoVersion}`]);
  const broker = await startMosquitto();
  await hub.owner.query(
    `create table public.by_paho (home uuid, at timestamptz, ${minuteColumnsSql.replaceAll("smallint", "real")}, primary key (home, at))`,
  );
  const names = minuteColumns.map(({ name }) => name).join(",");
  const words = [String(broker.port), "nodes/+/telemetry", hub.ownerUrl, "public.by_paho", names];
  const child = spawn(python, [join(import.meta.dirname, "paho-psycopg2.py"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let messages = 0;
  createInterface(child.stdout).on("line", () => {
    messages += 1;
  });
  await broker.subscribed("paho", 1);
  return { broker, messages: () => messages, close: () => endProcess(child).then(broker.close) };
}

/** Publishes what homes have, in turn, and hands back how many seconds it took until all of it was stored. */
export function secondsUntilStored(sink: RowSink, homes: readonly HomeRows[]): Promise<number> {
  const most = Math.max(...homes.map(({ bodies }) => bodies.length));
  const messages = Array.from({ length: most }, (_, i) =>
    homes.flatMap(({ node, bodies }) => {
      const body = bodies[i];
      const topic = nodeTopic(node, "telemetry");
      return body === undefined ? [] : [{ topic, payload: JSON.stringify(telemetryOf(body)) }];
    }),
  ).flat();
  return secondsUntilTaken(sink, messages);
}

/** Publishes messages, and hands back how many seconds it took until all of them were taken. */
export async function secondsUntilTaken(sink: RowSink, messages: readonly FirmwareMessage[]): Promise<number> {
  const packets = packetsOf(messages, 1);
  const wanted = sink.messages() + packets.count;
  const publisher = await openRawPublisher(sink.broker.port, 1);
  const startedAt = performance.now();
  publisher.write(packets);
  await until(() => sink.messages() >= wanted, "all messages are taken", storedWithinMs);
  publisher.close();
  return (performance.now() - startedAt) / 1000;
}
