import type { KeyObject } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { telemetryPath } from "@heatloop/core/hub/telemetry";
import { nodeTopic } from "@heatloop/core/hub/topics";
import { connectAsync } from "mqtt";
import { signedPost } from "../hub-scene/signed-post.ts";
import { telemetryOfRows } from "./sending-node.ts";

/** A node that has gone mad. */
export type FloodingNode = {
  /** Sends the same rows as fast as it can, by requests and over the broker, until what it resolves with is called. */
  flood(): Promise<() => Promise<void>>;
};

const rowsAtOnce = 300;
const requestsAtOnce = 16;
const messagesAtOnce = 200;
const refusedWaitMs = 20;

/** Makes a node that floods when it is told to; its rows are a minute apart, from `startAt` on (ms since the epoch). */
export function makeFloodingNode(parts: {
  readonly id: string;
  readonly number: number;
  readonly key: KeyObject;
  readonly startAt: number;
  readonly urls: () => readonly string[];
  readonly brokerUrl: string;
}): FloodingNode {
  const { id, number, key, startAt, urls, brokerUrl } = parts;
  const body = Buffer.from(JSON.stringify(telemetryOfRows(number, startAt, { from: 0, to: rowsAtOnce })));

  async function post(url: string): Promise<boolean> {
    const reply = await signedPost(url, body, { alg: "ed25519", key, keyId: id });
    await reply.arrayBuffer();
    return reply.ok;
  }

  return {
    async flood() {
      const ended = new AbortController();
      const client = await connectAsync(brokerUrl, { protocolVersion: 5, reconnectPeriod: 100 });
      client.on("error", () => {});
      const publish = () => {
        if (!ended.signal.aborted) client.publish(nodeTopic(id, "telemetry"), body, { qos: 1 }, publish);
      };
      for (let i = 0; i < messagesAtOnce; i += 1) publish();
      const askOn = async (at: number) => {
        while (!ended.signal.aborted) {
          const url = `${urls()[at % urls().length]}${telemetryPath}`;
          if (!(await post(url).catch(() => false))) await pause(refusedWaitMs);
        }
      };
      const asking = Promise.all(Array.from({ length: requestsAtOnce }, (_, at) => askOn(at)));
      return async () => {
        ended.abort();
        await Promise.all([asking, client.endAsync(true)]);
      };
    },
  };
}
