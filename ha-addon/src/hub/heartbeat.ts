import { type Heartbeat, heartbeatEachMs } from "@heatloop/core/hub/heartbeat";
import { heartbeatPath } from "@heatloop/core/hub/node-paths";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { HubLink } from "./hub-link.ts";
import type { NodeBroker } from "./node-broker.ts";

/** What the heartbeat tells of the program and its machine. */
export type HeartbeatParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly hub: Pick<HubLink, "send" | "onChange">;
  /** Over which it is told where that is connected. */
  readonly broker: Pick<NodeBroker, "say">;
  readonly version: string;
  /** When the program started, ms since the epoch. */
  readonly startedAt: number;
  readonly memoryBytes: () => number;
  /** null: not known. */
  readonly freeBytes: () => Promise<number | null>;
  /** undefined: not known. */
  readonly machine: (() => { readonly osVersion: string; readonly uptimeS: number }) | undefined;
};

/** Tells the hub every minute that this home lives, for as long as it is a node; a hub that is away less often. */
export function startHeartbeat(parts: HeartbeatParts): Stop {
  const { clock, log, hub, broker } = parts;
  let stopTimer: Stop = () => {};
  let beats = 0;

  const beat = inBackground(log, "the heartbeat to the hub", async (of: number) => {
    const said = await heartbeatOf(parts);
    const isSaid = await broker.say(said);
    const answer = isSaid ? undefined : await hub.send(heartbeatPath, JSON.stringify(said), "application/json");
    if (of !== beats || (!isSaid && answer === undefined)) return;
    stopTimer = clock.after(answer?.kind === "away" ? answer.waitMs : heartbeatEachMs, () => void beat(of));
  });

  function end(): void {
    beats += 1;
    stopTimer();
  }

  const stopChanges = hub.onChange((isNode) => {
    end();
    if (isNode) void beat(beats);
  });
  return () => {
    stopChanges();
    end();
  };
}

async function heartbeatOf(parts: HeartbeatParts): Promise<Heartbeat> {
  const { clock, version, startedAt, memoryBytes, freeBytes, machine } = parts;
  const free = await freeBytes();
  const now = clock.now();
  const { osVersion, uptimeS } = machine?.() ?? {};
  return {
    version,
    os_version: osVersion ?? null,
    uptime_s: Math.max(0, Math.round((now - startedAt) / secondMs)),
    last_reboot_at: uptimeS === undefined ? null : new Date(now - Math.round(uptimeS) * secondMs).toISOString(),
    disk_free_bytes: free,
    memory_bytes: memoryBytes(),
    clock_at: new Date(now).toISOString(),
  };
}
