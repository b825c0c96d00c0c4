import type { ProgramNotice } from "../alerts/alert-rule.ts";
import { type Health, healthView } from "../alerts/health.ts";
import { problemText } from "../alerts/texts/problem-text.ts";
import { limitNotices } from "../mqtt/limits.ts";
import { type BrokerNotice, copiedInstallation, sharedNotices } from "../mqtt/shared-heat-pumps.ts";
import { hoursBetween } from "../statistics/hours.ts";
import { heatloopView } from "../web/program-view.ts";
import type { HeatloopView, StatsView } from "../web/view.ts";
import { programLanguage } from "./program-language.ts";
import { readyHeatPumps, type Wiring } from "./wiring.ts";

/** The program as its web shows it. */
export function programView(wiring: Wiring): HeatloopView {
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
    priceProblems: archiveReports.priceProblems,
    stats: () => statsOf(wiring),
    brokerKeeps: () => mqtt.limits().retain,
    clearTopic: (topic) => mqtt.publish(topic, "", { retain: true, qos: 1 }),
    ownersTrouble: () => wiring.owners?.trouble() ?? null,
    notices: () => noticesOf(wiring),
    hours: (device, from, to) => hoursOf(wiring, device, from, to),
    onChange: watchers.add,
  });
}

function hoursOf({ parts, archiveReports, zone }: Wiring, device: string, from: string, to: string) {
  const { files, clock } = parts;
  const setup = { electricity: archiveReports.electricity(), water: archiveReports.water() };
  return hoursBetween({ ...setup, files, device, from, to, zone: zone(), now: clock.now() });
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

function healthOf(wiring: Wiring): Health {
  const { mqtt, homeAssistant, files } = wiring.parts;
  return healthView({
    broker: mqtt.status(),
    limits: limitsOf(wiring).map(({ problem }) => problemText(problem, programLanguage(wiring.parts))),
    assistant: homeAssistant?.status(),
    statistics: wiring.statistics?.status().detail ?? null,
    disk: files.health(),
    lastRowAt: wiring.counts.lastRowAt,
  });
}

function limitsOf({ parts: { mqtt } }: Wiring): readonly BrokerNotice[] {
  return limitNotices(mqtt.limits(), mqtt.status().tooLarge);
}

/** What a person should know of the broker, and of the heat pumps that are not logged or are shared. */
function noticesOf(wiring: Wiring): readonly ProgramNotice[] {
  const { heatPumps, presence } = wiring;
  const limits = limitsOf(wiring);
  // Until the heat pumps are followed there is nobody to share them.
  if (heatPumps === undefined || presence === undefined) return limits;
  const { installations, announcer } = presence;
  const devices = heatPumps.ready().map(({ device }) => device);
  const copied = installations.isCopied() ? [{ id: "installation", problem: copiedInstallation, device: null }] : [];
  const failed = heatPumps.troubles().map(({ id, why }) => {
    const problem = { code: "not_started", device: id, why } as const;
    return { id: `start/${id}`, problem, device: id };
  });
  return [
    ...limits,
    ...copied,
    ...failed,
    ...sharedNotices(devices, installations.others(), announcer.otherPublisherOf),
  ];
}
