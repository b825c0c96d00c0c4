import { setTimeout as pause } from "node:timers/promises";
import { secondMs } from "@heatloop/core/time/durations";
import { highestResidentMb } from "../bench/highest-resident.ts";
import type { HubFault } from "./faults.ts";
import { type HubVerdict, judgeRows } from "./judge.ts";
import type { HubScene } from "./scene.ts";

/** A fault that happened: how long it lasted, and how long after it every node had sent rows again. */
export type HubTrial = { readonly fault: string; readonly lastedS: number; readonly settledS: number };

export type HubChaosResult = {
  readonly trials: readonly HubTrial[];
  readonly impossible: readonly { readonly fault: string; readonly why: string }[];
  readonly verdict: HubVerdict;
  /** The most memory that a hub has had, MB. */
  readonly hubMb: number;
};

/** Until then every node has to send again. */
export const settledWithinS = 60;

/** Lets faults happen, one after the other, until the time is over and each has happened once; then compares every row. */
export async function runHubChaos(
  scene: HubScene,
  parts: {
    readonly faults: readonly HubFault[];
    readonly minutes: number;
    readonly log: (line: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<HubChaosResult> {
  const { faults, minutes, log, signal } = parts;
  const impossible = faults.flatMap(({ name, impossible }) => {
    const why = impossible?.(scene);
    return why === undefined ? [] : [{ fault: name, why }];
  });
  const possible = faults.filter(({ name }) => !impossible.some(({ fault }) => fault === name));
  const trials: HubTrial[] = [];
  const endAt = performance.now() + minutes * 60 * secondMs;
  while (!signal.aborted && (performance.now() < endAt || trials.length < possible.length)) {
    const round = trials.length % possible.length;
    const fault = possible[round];
    if (fault === undefined) break;
    log(`${fault.name} ...`);
    const startedAt = performance.now();
    await fault.happen(scene);
    const lastedS = (performance.now() - startedAt) / secondMs;
    trials.push({ fault: fault.name, lastedS, settledS: await settled(scene) });
  }
  const hubMb = Math.max(...scene.hubs.map((hub) => highestResidentMb(hub.pid())));
  await Promise.all(scene.nodes.map((node) => node.finish()));
  return { trials, impossible, verdict: await judgeRows(scene), hubMb };
}

/** Seconds until each node has had rows confirmed that it had not before. A node that sends all again does so at its own pace. */
async function settled({ nodes }: HubScene): Promise<number> {
  const startedAt = performance.now();
  const before = nodes.map((node) => node.confirmed());
  const secondsSince = () => (performance.now() - startedAt) / secondMs;
  while (secondsSince() < 2 * settledWithinS) {
    if (nodes.every((node, at) => node.confirmed() > (before[at] ?? 0))) return secondsSince();
    await pause(20);
  }
  return Number.POSITIVE_INFINITY;
}
