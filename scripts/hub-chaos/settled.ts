import { setTimeout as pause } from "node:timers/promises";
import { secondMs } from "@heatloop/core/time/durations";
import type { SendingNode } from "./sending-node.ts";

/** Until then every node has to send again. */
export const settledWithinS = 60;

/** Seconds until each node has had rows confirmed that it had not before. A node that sends all again does so at its own pace. */
export async function settled(nodes: readonly SendingNode[]): Promise<number> {
  const startedAt = performance.now();
  const before = nodes.map((node) => node.confirmed());
  const secondsSince = () => (performance.now() - startedAt) / secondMs;
  while (secondsSince() < 2 * settledWithinS) {
    if (nodes.every((node, at) => node.confirmed() > (before[at] ?? 0))) return secondsSince();
    await pause(20);
  }
  return Number.POSITIVE_INFINITY;
}
