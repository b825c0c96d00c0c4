import { secondMs } from "@heatloop/core/time/durations";
import { highestResidentMb } from "../bench/highest-resident.ts";
import type { HubFault } from "./faults.ts";
import { type HubVerdict, judgeRows } from "./judge.ts";
import type { HubScene } from "./scene.ts";
import { settled } from "./settled.ts";

/** A fault that happened: how long it lasted, and how long after it every node had sent rows again. */
export type HubTrial = { readonly fault: string; readonly lastedS: number; readonly settledS: number };

export type HubChaosResult = {
  readonly trials: readonly HubTrial[];
  readonly impossible: readonly { readonly fault: string; readonly why: string }[];
  readonly verdict: HubVerdict;
  /** The most memory that a hub has had, MB. */
  readonly hubMb: number;
};

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
    trials.push({ fault: fault.name, lastedS, settledS: await settled(scene.nodes) });
  }
  const hubMb = Math.max(...scene.hubs.map((hub) => highestResidentMb(hub.pid())));
  await Promise.all(scene.nodes.map((node) => node.finish()));
  return { trials, impossible, verdict: await judgeRows(scene), hubMb };
}
