import type { PointId } from "@heatloop/core/catalogue/points";
import type { Clock } from "@heatloop/core/time/clock";
import { mistakeLine } from "@heatloop/program/mistakes";
import { type Device, operationNow } from "../device/device.ts";
import type { HeatPump } from "../heat-pump/heat-pump.ts";
import type { OwnersTrouble } from "../heat-pump/owner-rules.ts";
import type { PriceProblem } from "../prices/problems.ts";
import { feederRemarks } from "../room-feed/view.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { AlertProblem } from "./alert-problem.ts";
import type { AlertSituation, DeviceSituation, ProgramNotice } from "./alert-rule.ts";
import type { DeviceHistory } from "./device-history.ts";
import type { Health } from "./health.ts";

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
  /** Free space where the log is written; null: not known. */
  readonly freeBytes: () => number | null;
  readonly clockDifferenceMs: () => number | null;
  readonly errorsLastHour: () => number;
  readonly history: DeviceHistory;
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
    limits: sources.settings.current().alerts,
    leastFlowLMin: sources.settings.current().house.least_flow_l_min,
    freeBytes: sources.freeBytes(),
    clockDifferenceMs: sources.clockDifferenceMs(),
    errorsLastHour: sources.errorsLastHour(),
    hasWholeHour: sources.history.hasWholeHour(),
    devices: sources.heatPumps().map((heatPump) => ({
      ...deviceSituation(heatPump, at, sources.brokerKeeps()),
      ...runningSituation(heatPump, at),
      ...noticedSituation(heatPump, sources.history),
    })),
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

function deviceSituation(
  heatPump: HeatPump,
  at: number,
  brokerKeeps: boolean,
): Omit<DeviceSituation, keyof RunningSituation | keyof NoticedSituation> {
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

type RunningSituation = ReturnType<typeof runningSituation>;
type NoticedSituation = ReturnType<typeof noticedSituation>;

function runningSituation({ device }: HeatPump, at: number) {
  const value = (point: PointId) => device.snapshot.value(point, at);
  const isOn = (point: PointId) => {
    const known = value(point);
    return typeof known === "boolean" ? known : null;
  };
  const boosters = [isOn("booster_heater"), isOn("booster_heater_2")];
  const flow = value("flow_rate");
  return {
    compressorOn: isOn("compressor"),
    operation: operationNow(device, at),
    flowLMin: typeof flow === "number" ? flow : null,
    immersionHeaterOn: isOn("immersion_heater"),
    boosterHeaterOn: boosters.includes(true) ? true : boosters.includes(false) ? false : null,
  };
}

function noticedSituation(heatPump: HeatPump, history: DeviceHistory) {
  const { id } = heatPump.device;
  return {
    lastRowAt: history.lastRowAt(id),
    startsLastHour: history.startsLastHour(id),
    defrostsLastHour: history.defrostsLastHour(id),
    firmwareChange: history.firmwareChange(heatPump),
    lastDay: history.lastDay(heatPump),
    hasFlowSensor: history.hasFlowSensor(heatPump),
  };
}

function settingsTrouble(settings: SettingsFile): AlertProblem | null {
  const trouble = settings.trouble();
  if (trouble === undefined) return null;
  if (trouble.refusal !== undefined) return trouble.refusal;
  if (trouble.mistakes.length === 0)
    return { code: "settings_unknown", keys: trouble.unknown.map(({ path }) => path || "?") };
  const mistakes = trouble.mistakes.map(mistakeLine).join("; ");
  const { keptAside } = trouble;
  if (keptAside === null) return { code: "settings_mistakes", mistakes };
  return { code: "settings_mistakes_kept", mistakes, keptAside };
}

function faultOf(device: Device): DeviceSituation["fault"] {
  const { state, since } = device.currentStates().states.fault;
  if (state === null) return "unknown";
  return state === "none" ? null : { code: state, since };
}
