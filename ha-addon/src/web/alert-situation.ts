import type { PointId } from "@heatloop/core/catalogue/points";
import type { Clock } from "@heatloop/core/time/clock";
import type { AlertProblem } from "../alerts/alert-problem.ts";
import type { AlertSituation, DeviceSituation, ProgramNotice } from "../alerts/alert-rule.ts";
import type { Health } from "../alerts/health.ts";
import { mistakeLine } from "../base/mistakes.ts";
import type { Device } from "../device/device.ts";
import type { HeatPump } from "../heat-pump/heat-pump.ts";
import type { OwnersTrouble } from "../heat-pump/owner-rules.ts";
import type { PriceProblem } from "../prices/problems.ts";
import { feederRemarks } from "../room-feed/view.ts";
import type { SettingsFile } from "../settings/settings-file.ts";

/** The program, as far as alerts are made of it. */
export type AlertSources = {
  readonly heatPumps: () => readonly HeatPump[];
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly health: () => Health;
  readonly priceProblems: () => readonly PriceProblem[];
  readonly ownersTrouble: () => OwnersTrouble | null;
  /** Whether the broker keeps retained messages. */
  readonly brokerKeeps: () => boolean;
  readonly notices: () => readonly ProgramNotice[];
};

/** What the alerts of this moment are made of. */
export function alertSituation(sources: AlertSources): AlertSituation {
  const at = sources.clock.now();
  return {
    at,
    health: sources.health(),
    settingsTrouble: settingsTrouble(sources.settings),
    ownersTrouble: sources.ownersTrouble(),
    priceProblems: sources.priceProblems(),
    notices: sources.notices(),
    offlineMin: sources.settings.current().alerts.offline_min,
    devices: sources.heatPumps().map((heatPump) => deviceSituation(heatPump, at, sources.brokerKeeps())),
  };
}

/** What every heat pump publishes under each language of the firmware. */
const mainPoints = [
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "dhw_temperature",
  "compressor_frequency",
  "compressor",
  "operation_mode",
] as const satisfies readonly PointId[];

function deviceSituation(heatPump: HeatPump, at: number, brokerKeeps: boolean): DeviceSituation {
  const { device, feeds, offlineSince, fallingTotal, followedAt } = heatPump;
  return {
    id: device.id,
    name: device.name,
    online: device.snapshot.online(at),
    offlineSince: offlineSince(),
    // Where the broker keeps nothing, the status was published before we came.
    hasStatus: device.snapshot.status() !== null || !brokerKeeps,
    firstSeen: device.firstSeen(),
    followedAt,
    lastSeen: device.lastSeen(),
    prefix: device.prefix,
    fault: faultOf(device),
    fallingTotal: fallingTotal(at),
    missingPoints: mainPoints.filter((point) => !device.points().has(point)),
    unknownTopics: device.unknown.topics(),
    unknownTexts: device.unknown.texts(),
    keptCommands: heatPump.keptCommands.list(),
    frequentCommands: heatPump.frequentCommands.list(),
    feeds: feeds.views().map((view) => ({ ...view, feederRemarks: feederRemarks(view) })),
  };
}

function settingsTrouble(settings: SettingsFile): AlertProblem | null {
  const trouble = settings.trouble();
  if (trouble === undefined) return null;
  if (trouble.refusal !== undefined) return trouble.refusal;
  const mistakes = trouble.mistakes.map(mistakeLine).join("; ");
  const { keptAside } = trouble;
  if (keptAside === null) return { code: "settings_mistakes", mistakes };
  return { code: "settings_mistakes_kept", mistakes, keptAside };
}

function faultOf(device: Device): { readonly code: string; readonly since: number } | null {
  const { state, since } = device.currentStates().states.fault;
  return state === null || state === "none" ? null : { code: state, since };
}
