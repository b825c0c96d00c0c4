import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { WebSocket } from "ws";
import { type Published, updatesSince } from "./changes.ts";
import { alertJson, deviceJson, statusJson } from "./json.ts";
import { liveClients } from "./live-clients.ts";
import type { HeatloopView } from "./view.ts";

const tickMs = secondMs;
/** Values become unknown by age alone, so every device is looked at this often. */
const lookTicks = 10;
/** Proxies close connections that are silent for longer; a client that did not answer the last ping is gone. */
const heartbeatTicks = 20;

/** Sends every client the present state, then what changes: at most one message a second and device. */
export type Live = {
  /** Takes a client that has just connected. */
  add(socket: WebSocket): void;
  clients(): number;
  /** What a new client gets first, as of now. */
  snapshot(): LiveSnapshot;
  stop(): void;
};

/** All that is live, of every heat pump. */
export type LiveSnapshot = ReturnType<typeof snapshotOf>;

/** Starts the live updates; they cost nothing while no page is open. */
export function startLive(parts: {
  readonly view: HeatloopView;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
}): Live {
  const { view, version } = parts;
  const clock = backgroundClock(parts.clock, parts.log, "live updates");
  const clients = liveClients();
  const changed = new Set<string>();
  let published: Present = { devices: new Map(), alerts: [] };
  let ticks = 0;
  let stopTicking: Stop | undefined;
  const stopWatching = view.onChange((device) => changed.add(device));

  function tick(): void {
    ticks += 1;
    if (changed.size > 0 || ticks % lookTicks === 0) publishChanges();
    if (ticks % heartbeatTicks !== 0) return;
    clients.ping();
    clients.send({ type: "alive", time: view.zone().isoOf(clock.now()) });
  }

  function publishChanges(): void {
    const now = presentState(view);
    for (const update of updatesSince(published, now)) clients.send(update);
    published = now;
    changed.clear();
  }

  function start(): void {
    published = presentState(view);
    changed.clear();
    ticks = 0;
    stopTicking = clock.every(tickMs, tick);
  }

  function stopTicks(): void {
    stopTicking?.();
    stopTicking = undefined;
  }

  return {
    add(socket) {
      const isAdded = clients.add(socket, () => {
        if (clients.count() === 0) stopTicks();
      });
      if (!isAdded) return;
      if (stopTicking === undefined) start();
      socket.send(JSON.stringify(snapshotOf(published, { version, at: clock.now(), zone: view.zone() })));
    },
    clients: clients.count,
    snapshot: () => snapshotOf(presentState(view), { version, at: clock.now(), zone: view.zone() }),
    stop() {
      stopWatching();
      stopTicks();
      clients.close();
    },
  };
}

type Device = ReturnType<typeof deviceJson> & ReturnType<typeof statusJson>;
type Present = Pick<Published, "alerts"> & { readonly devices: ReadonlyMap<string, Device> };

function presentState(view: HeatloopView): Present {
  const zone = view.zone();
  const devices = new Map<string, Device>();
  for (const device of view.devices()) {
    const status = view.status(device.id);
    if (status !== undefined) devices.set(device.id, { ...deviceJson(device, zone), ...statusJson(status, zone) });
  }
  return { devices, alerts: view.alerts().map((alert) => alertJson(alert, zone, view.language())) };
}

/** What a new client gets first; it then has what all the others have. */
function snapshotOf(
  { devices, alerts }: Present,
  { version, at, zone }: { readonly version: string; readonly at: number; readonly zone: Zone },
) {
  const time = zone.isoOf(at);
  return { type: "snapshot", version, time, time_zone: zone.name, devices: [...devices.values()], alerts };
}
