import { createHash } from "node:crypto";
import type { Stop } from "@heatloop/core/time/clock";
import { parseJson } from "@heatloop/program/json-text";
import { z } from "zod";
import type { Mqtt } from "../mqtt/mqtt.ts";

/** Where ESPHome tells of each board that may be discovered (`discover_ip`), retained; the last word is the board's name. */
const discoveryTopic = "esphome/discover/";
const longestPayload = 10_000;
const mostBoards = 500;

const boardSchema = z.object({ mac: z.string().regex(/^[0-9A-Fa-f:]{12,17}$/) });

/** The ESP32 boards that tell of themselves on the broker. */
export type Boards = {
  /**
   * What tells the board of this topic prefix from any other, whatever it is called: a digest of its hardware address. undefined where
   * it does not tell it, or its prefix is another than its name.
   */
  identityOf(prefix: string): string | undefined;
  readonly stop: Stop;
};

export function watchBoards(mqtt: Pick<Mqtt, "subscribe">): Boards {
  const identities = new Map<string, string>();
  const stop = mqtt.subscribe(`${discoveryTopic}+`, ({ topic, payload }) => {
    const name = topic.slice(discoveryTopic.length);
    const identity = payload.length > longestPayload ? undefined : identityIn(Buffer.from(payload).toString());
    if (identity === undefined) identities.delete(name);
    else if (identities.size < mostBoards || identities.has(name)) identities.set(name, identity);
  });
  return { identityOf: (prefix) => identities.get(prefix), stop };
}

function identityIn(text: string): string | undefined {
  const json = parseJson(text);
  const mac = boardSchema
    .safeParse(json.ok ? json.value : undefined)
    .data?.mac.replaceAll(":", "")
    .toLowerCase();
  return mac?.length === 12 ? createHash("sha256").update(`board ${mac}`).digest("hex").slice(0, 32) : undefined;
}
