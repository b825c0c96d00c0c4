import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { everyUnlessBusy } from "@heatloop/program/every-unless-busy";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import { type NodePace, savedMinutes, unitsPerMinute } from "../nodes/node-pace.ts";
import { countRefused } from "../telemetry/refused-rows.ts";
import { forLiveNode, type NodeGate } from "./live-node.ts";

/** A row of a minute is as long. */
const unitBytes = 2_048;
const why = `the node publishes more than ${unitsPerMinute} messages (or ${unitsPerMinute} times 2 KB) a minute, and has sent more than those of ${savedMinutes} minutes at once`;

/** What nodes may publish: a message above it is acknowledged, so that it is out of the others' way, counted, and not taken. */
export type PublishPace = {
  /** Whether a message of a node is to be taken. */
  takes(node: string | undefined, payload: Buffer): boolean;
  close(): Promise<void>;
};

export type PublishPaceParts = NodeGate & {
  readonly pace: NodePace;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
};

/** Begins to measure; once a minute it is told of whom messages were refused. */
export function startPublishPace(parts: PublishPaceParts): PublishPace {
  const { pace, database, clock, log } = parts;
  let refused = new Map<string, number>();
  let loud = new Set<string>();

  async function tell(): Promise<void> {
    const [counted, before] = [refused, loud];
    refused = new Map();
    loud = new Set(counted.keys());
    for (const node of before) if (!loud.has(node)) log.info("a node publishes no more than it may again", { node });
    for (const [node, times] of counted) {
      if (!before.has(node)) log.warn("a node publishes more than it may; what is above is not taken", { node });
      await forLiveNode(parts, node, (from) =>
        database.transaction({ tenant: from.tenant }, (queries) =>
          countRefused(queries, { ...from, device: "", stream: "messages" }, [{ why, sample: "", times }], clock.now()),
        ),
      );
    }
  }

  const telling = everyUnlessBusy(clock, minuteMs, inBackground(log, "counting messages that were not taken", tell));
  return {
    takes(node, payload) {
      if (node === undefined || pace.take(node, Math.ceil(payload.length / unitBytes) || 1, clock.now()) === 0)
        return true;
      refused.set(node, (refused.get(node) ?? 0) + 1);
      return false;
    },
    close: telling.stop,
  };
}
