import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { WebSocket } from "ws";
import { backgroundClock } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import { changesBetween, type JsonObject } from "./changes.ts";
import { alertJson, deviceJson, statusJson } from "./json.ts";
import type { HeatloopView } from "./view.ts";

const tickMs = 1000;
/** Values become unknown by age alone, so every device is looked at this often. */
const lookTicks = 10;
/** Shorter than what proxies allow to be silent; a client that did not answer the last ping is gone. */
const heartbeatTicks = 20;
const mostClients = 64;
/** A client that reads slower than this is cut off and may come again. */
const longestQueueBytes = 1024 * 1024;

/** Sends every client what stands, then what changes: at most one message a second and device. */
export type Live = {
  /** Takes a client that has just connected. */
  add(socket: WebSocket): void;
  clients(): number;
  stop(): void;
};

export function startLive(parts: {
  readonly view: HeatloopView;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
}): Live {
  const { view, version } = parts;
  const clock = backgroundClock(parts.clock, parts.log, "live updates");
  const answered = new Map<WebSocket, boolean>();
  const changed = new Set<string>();
  /** What every client has, once it has its snapshot. */
  let told = new Map<string, JsonObject>();
  let toldAlerts = "";
  let ticks = 0;
  let stopTicking: Stop | undefined;
  const stopWatching = view.onChange((device) => changed.add(device));

  function standing(): Map<string, JsonObject> {
    const zone = view.zone();
    const devices = new Map<string, JsonObject>();
    for (const device of view.devices()) {
      const status = view.status(device.id);
      if (status !== undefined) devices.set(device.id, { ...deviceJson(device, zone), ...statusJson(status, zone) });
    }
    return devices;
  }

  function alerts() {
    return view.alerts().map((alert) => alertJson(alert, view.zone()));
  }

  function tick(): void {
    ticks += 1;
    if (changed.size > 0 || ticks % lookTicks === 0) tellChanges();
    if (ticks % heartbeatTicks === 0) beat();
  }

  function tellChanges(): void {
    const now = standing();
    for (const [device, status] of now) {
      const before = told.get(device) ?? {};
      const changes = told.has(device) ? changesBetween(before, status) : status;
      if (changes !== undefined) tell({ type: "change", device, changes });
    }
    for (const device of told.keys()) if (!now.has(device)) tell({ type: "gone", device });
    told = now;
    changed.clear();
    const alertsNow = alerts();
    const text = JSON.stringify(alertsNow);
    if (text !== toldAlerts) tell({ type: "alerts", alerts: alertsNow });
    toldAlerts = text;
  }

  function beat(): void {
    for (const [socket, isAlive] of answered) {
      if (!isAlive) {
        socket.terminate();
        continue;
      }
      answered.set(socket, false);
      socket.ping();
    }
    tell({ type: "alive", time: view.zone().isoOf(clock.now()) });
  }

  function tell(message: JsonObject): void {
    const text = JSON.stringify(message);
    for (const socket of answered.keys()) {
      if (socket.bufferedAmount > longestQueueBytes) socket.terminate();
      else socket.send(text);
    }
  }

  function start(): void {
    told = standing();
    toldAlerts = JSON.stringify(alerts());
    changed.clear();
    ticks = 0;
    stopTicking = clock.every(tickMs, tick);
  }

  function remove(socket: WebSocket): void {
    if (!answered.delete(socket) || answered.size > 0) return;
    stopTicking?.();
    stopTicking = undefined;
  }

  return {
    add(socket) {
      if (answered.size >= mostClients) {
        socket.close(1013, "too many pages are open");
        return;
      }
      if (answered.size === 0) start();
      answered.set(socket, true);
      socket.on("pong", () => {
        if (answered.has(socket)) answered.set(socket, true);
      });
      socket.on("close", () => remove(socket));
      const zone = view.zone();
      socket.send(
        JSON.stringify({
          type: "snapshot",
          version,
          time: zone.isoOf(clock.now()),
          time_zone: zone.name,
          devices: [...told.values()],
          alerts: JSON.parse(toldAlerts),
        }),
      );
    },
    clients: () => answered.size,
    stop() {
      stopWatching();
      stopTicking?.();
      for (const socket of answered.keys()) socket.close(1001, "Heatloop stops");
    },
  };
}
