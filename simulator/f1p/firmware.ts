import { secondMs } from "@heatloop/core/time/durations";
import { startEspCounters } from "../firmware/esp.ts";
import type { EspState, Firmware, FirmwareParts } from "../firmware/firmware.ts";
import type { OpenWire, Wire } from "../firmware/wire.ts";
import { f1pObeyed } from "./commands.ts";
import { f1pReportsOf } from "./reports.ts";

/** The reports that come every 2 s; all others with them every 30 s. */
const fastReports: readonly string[] = ["System", "HotWater", "Advanced", "AdvancedTwo"];
const fastEachMs = 2 * secondMs;
const allEachMs = 30 * secondMs;
const restartMs = 9 * secondMs;

/** The ESP32 with the F1p firmware: JSON reports below `<prefix>/Status/`, commands below `<prefix>/Command/`. */
export function startF1pFirmware(parts: FirmwareParts): Firmware {
  const { home, prefix } = parts;
  const counters = startEspCounters(home, parts.startAt);
  const reports = f1pReportsOf(home, counters.esp);
  const lastWill = `${prefix}/LWT`;
  let now = parts.startAt;
  let state: EspState = { kind: "running" };
  let fastAt = now;
  let allAt = now;
  let wire = open(parts.openWire);
  wire.connect();

  function open(openWire: OpenWire): Wire {
    const opened = openWire({
      clientId: `${prefix.replaceAll("/", "-")}-f1p`,
      will: { topic: lastWill, payload: "offline" },
      onConnected() {
        wire.publish(lastWill, "online", { retain: true, qos: 0 }, now);
        publish(Object.keys(reports));
      },
    });
    for (const [path, obey] of Object.entries(f1pObeyed)) {
      opened.subscribe(`${prefix}/Command/${path}`, (payload) => {
        if (state.kind !== "running") return;
        obey(home, payload);
        publish(Object.keys(reports));
      });
    }
    return opened;
  }

  function publish(names: readonly string[]): void {
    if (!wire.connected()) return;
    for (const name of names) {
      wire.publish(`${prefix}/Status/${name}`, JSON.stringify(reports[name]?.(now)), { retain: false, qos: 0 }, now);
    }
  }

  function goDown(next: EspState): void {
    state = next;
    parts.reader().goOffline(now);
  }

  return {
    state: () => state,
    step(at) {
      now = at;
      if (state.kind !== "running" && at >= state.until) {
        if (state.kind === "down") counters.restart(at);
        state = { kind: "running" };
        wire.connect();
      }
      if (state.kind === "down") return;
      counters.count(at, 0);
      if (at >= allAt) publish(Object.keys(reports));
      else if (at >= fastAt) publish(fastReports);
      while (allAt <= at) allAt += allEachMs;
      while (fastAt <= at) fastAt += fastEachMs;
    },
    restart(at) {
      goDown({ kind: "down", until: at + restartMs });
      wire.drop(at);
    },
    cutPower(at, until) {
      goDown({ kind: "down", until });
      wire.drop(at);
    },
    loseConnection(at, until) {
      goDown({ kind: "no_radio", until });
      wire.drop(at);
    },
    rewire(openWire) {
      void wire.disconnect();
      wire = open(openWire);
      if (state.kind === "running") wire.connect();
    },
    async close(at) {
      if (wire.connected()) wire.publish(lastWill, "offline", { retain: true, qos: 0 }, at);
      await wire.disconnect();
    },
  };
}
