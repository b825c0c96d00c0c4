import type { ProgramNotice } from "../alerts/alert-rule.ts";
import { alertSituation } from "../alerts/alert-situation.ts";
import { type Health, healthView } from "../alerts/health.ts";
import { type LiveAlerts, openAlerts } from "../alerts/live-alerts.ts";
import { problemText } from "../alerts/texts/problem-text.ts";
import { limitNotices } from "../mqtt/limits.ts";
import { type BrokerNotice, copiedInstallation, sharedNotices } from "../mqtt/shared-heat-pumps.ts";
import { programLanguage } from "./program-language.ts";
import { readyHeatPumps, type Wiring } from "./wiring.ts";

/** The alerts of the program, those of the run before included. */
export function openProgramAlerts(wiring: Wiring): Promise<LiveAlerts> {
  const { parts, archiveReports } = wiring;
  const { clock, log, mqtt, settings, stateFiles } = parts;
  const sources = {
    heatPumps: () => readyHeatPumps(wiring),
    settings,
    clock,
    health: () => healthOf(wiring),
    priceProblems: archiveReports.priceProblems,
    ownersTrouble: () => wiring.owners?.trouble() ?? null,
    brokerKeeps: () => mqtt.limits().retain,
    notices: () => noticesOf(wiring),
    freeBytes: () => wiring.freeSpace?.bytes() ?? null,
    clockDifferenceMs: () => parts.homeAssistant?.status().clockDifferenceMs ?? null,
    errorsLastHour: parts.errorsLastHour ?? (() => 0),
    history: wiring.history,
  };
  return openAlerts({
    clock,
    log,
    stateFile: stateFiles("alerts"),
    situation: () => alertSituation(sources),
    language: () => programLanguage(parts),
  });
}

/** How broker, Home Assistant and archive are. */
export function healthOf(wiring: Wiring): Health {
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
