import { secondMs } from "@heatloop/core/time/durations";
import { type EspCounters, startEspCounters } from "../firmware/esp.ts";
import type { EspState, Firmware, FirmwareParts } from "../firmware/firmware.ts";
import type { OpenWire, PublishOptions, Wire } from "../firmware/wire.ts";
import { f1pObeyed } from "./commands.ts";
import { type F1pReports, f1pReportsOf } from "./reports.ts";

/** The reports that come every 2 s; all others with them every 30 s. */
const fastReports: readonly string[] = ["System", "HotWater", "Advanced", "AdvancedTwo"];
const fastEachMs = 2 * secondMs;
const allEachMs = 30 * secondMs;
const restartMs = 9 * secondMs;
const retained: PublishOptions = { retain: true, qos: 0 };

/** The running ESP32; times in ms since the epoch. */
type F1pEsp32 = {
  readonly parts: FirmwareParts;
  readonly counters: EspCounters;
  readonly reports: F1pReports;
  wire: Wire;
  now: number;
  state: EspState;
  /** When the fast reports, and all of them, are due. */
  fastAt: number;
  allAt: number;
};

/** The ESP32 with the F1p firmware: JSON reports below `<prefix>/Status/`, commands below `<prefix>/Command/`. */
export function startF1pFirmware(parts: FirmwareParts): Firmware {
  const { home, prefix, startAt } = parts;
  const counters = startEspCounters(home, startAt);
  const esp32: F1pEsp32 = {
    parts,
    counters,
    reports: f1pReportsOf(home, counters.esp),
    wire: openF1pWire(parts, parts.openWire, () => esp32),
    now: startAt,
    state: { kind: "running" },
    fastAt: startAt,
    allAt: startAt,
  };
  esp32.wire.connect();
  return {
    state: () => esp32.state,
    step: (at) => step(esp32, at),
    restart: (at) => goDown(esp32, { kind: "down", until: at + restartMs }, at),
    cutPower: (at, until) => goDown(esp32, { kind: "down", until }, at),
    loseConnection: (at, until) => goDown(esp32, { kind: "no_radio", until }, at),
    rewire(openWire) {
      void esp32.wire.disconnect();
      esp32.wire = openF1pWire(parts, openWire, () => esp32);
      if (esp32.state.kind === "running") esp32.wire.connect();
    },
    async close(at) {
      if (esp32.wire.connected()) esp32.wire.publish(lastWillOf(prefix), "offline", retained, at);
      await esp32.wire.disconnect();
    },
  };
}

function lastWillOf(prefix: string): string {
  return `${prefix}/LWT`;
}

/** The wire of the ESP32, on which it receives its commands. */
function openF1pWire({ home, prefix }: FirmwareParts, openWire: OpenWire, esp32: () => F1pEsp32): Wire {
  const wire = openWire({
    clientId: `${prefix.replaceAll("/", "-")}-f1p`,
    will: { topic: lastWillOf(prefix), payload: "offline" },
    onConnected() {
      esp32().wire.publish(lastWillOf(prefix), "online", retained, esp32().now);
      publishAll(esp32());
    },
  });
  for (const [path, obey] of Object.entries(f1pObeyed)) {
    wire.subscribe(`${prefix}/Command/${path}`, (payload) => {
      if (esp32().state.kind !== "running") return;
      obey(home, payload);
      publishAll(esp32());
    });
  }
  return wire;
}

function publishAll(esp32: F1pEsp32): void {
  publish(esp32, Object.keys(esp32.reports));
}

function publish({ parts, reports, wire, now }: F1pEsp32, names: readonly string[]): void {
  if (!wire.connected()) return;
  for (const name of names) {
    const payload = JSON.stringify(reports[name]?.(now));
    wire.publish(`${parts.prefix}/Status/${name}`, payload, { retain: false, qos: 0 }, now);
  }
}

function goDown(esp32: F1pEsp32, state: EspState, at: number): void {
  esp32.state = state;
  esp32.parts.reader().goOffline(esp32.now);
  esp32.wire.drop(at);
}

function step(esp32: F1pEsp32, at: number): void {
  esp32.now = at;
  if (esp32.state.kind !== "running" && at >= esp32.state.until) {
    if (esp32.state.kind === "down") esp32.counters.restart(at);
    esp32.state = { kind: "running" };
    esp32.wire.connect();
  }
  if (esp32.state.kind === "down") return;
  esp32.counters.count(at, 0);
  if (at >= esp32.allAt) publishAll(esp32);
  else if (at >= esp32.fastAt) publish(esp32, fastReports);
  while (esp32.allAt <= at) esp32.allAt += allEachMs;
  while (esp32.fastAt <= at) esp32.fastAt += fastEachMs;
}
