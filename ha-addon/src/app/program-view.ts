import type { LiveAlerts } from "../alerts/live-alerts.ts";
import { type FirstRunFinder, firstRunFinder } from "../first-run/first-run.ts";
import { heatloopView } from "../web/program-view.ts";
import type { HeatloopView, StatsView } from "../web/view.ts";
import { healthOf } from "./alert-sources.ts";
import { leaveBroker } from "./leave-broker.ts";
import { programLanguage } from "./program-language.ts";
import { readyHeatPumps, type Wiring } from "./wiring.ts";

/** The program as its web shows it. */
export function programView(wiring: Wiring, alerts: LiveAlerts): HeatloopView {
  const { parts, archiveReports, zone, watchers } = wiring;
  const { mqtt, settings, clock } = parts;
  return heatloopView({
    heatPumps: () => readyHeatPumps(wiring),
    archive: archiveReports.archive,
    reports: archiveReports.reports,
    settings,
    clock,
    zone,
    language: () => programLanguage(parts),
    health: () => healthOf(wiring),
    alerts,
    stats: () => statsOf(wiring),
    archiveSize: () => wiring.archiveSize?.current() ?? null,
    lastRowAt: (id) => wiring.counts.lastRowOf.get(id) ?? null,
    firstRun: firstRunOf(wiring),
    clearTopic: (topic) => mqtt.publish(topic, "", { retain: true, qos: 1 }),
    leaveBroker: () => leaveBroker(wiring),
    hours: (device, from, to) => archiveReports.hours(device, { from, to }, clock.now()),
    onChange: watchers.add,
  });
}

function firstRunOf(wiring: Wiring): FirstRunFinder {
  const { mqtt, stateFiles, timeZone, ownAddresses, ...parts } = wiring.parts;
  return firstRunFinder({
    ...parts,
    broker: mqtt.place,
    stateFile: stateFiles("first-run"),
    machineZone: timeZone,
    ownAddresses: ownAddresses ?? (() => []),
    heatPumpNames: () => readyHeatPumps(wiring).flatMap(({ device: { prefix, name } }) => [prefix, name]),
  });
}

function statsOf({ parts, startedAt, counts }: Wiring): StatsView {
  const { mqttMessages, readings, minutesWritten, transitionsWritten } = counts;
  return {
    startedAt,
    mqttMessages,
    readings,
    minutesWritten,
    transitionsWritten,
    memoryBytes: parts.memoryBytes(),
  };
}
