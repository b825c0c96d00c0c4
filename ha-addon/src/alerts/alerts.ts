import type {
  AlertSituation,
  DeviceRule,
  DeviceSituation,
  FoundProblem,
  RuleTiming,
  ZoneFeedSituation,
} from "./alert-rule.ts";
import { commandRules } from "./command-rules.ts";
import { feedRules, roomRule } from "./feed-rules.ts";
import type { FoundAlert, FoundAlerts } from "./found-alert.ts";
import { labelRules } from "./label-rules.ts";
import { noticeKinds } from "./notice-kinds.ts";
import { offlineRule, presenceRules, rowRule } from "./presence-rules.ts";
import { programRules } from "./program-rules.ts";
import { readingRules } from "./reading-rules.ts";
import { type AlertTiming, usualTiming } from "./rules/alert-timing.ts";
import { runningRules } from "./rules/running-rules.ts";
import type { Severity } from "./rules/severity.ts";

/** In the order in which a person reads them. */
const deviceRules = [
  ...presenceRules,
  ...labelRules,
  ...commandRules,
  offlineRule,
  rowRule,
  ...readingRules,
  ...runningRules.map(ofRunningDevice),
];

const kinds: readonly RuleTiming[] = [...programRules, ...noticeKinds, ...deviceRules, ...feedRules, roomRule];

/** The kinds of alerts by their ids. */
export const ruleIds: readonly string[] = kinds.map(({ id }) => id);

/** When the alerts of each kind are raised and cleared, by the limits of the settings. */
export function timingsOf(limits: AlertSituation["limits"]): (ruleId: string) => AlertTiming {
  const timings = new Map(
    kinds.map(({ id, timing = {} }) => {
      const own = typeof timing === "function" ? timing(limits) : timing;
      return [id, { ...usualTiming, ...own }];
    }),
  );
  return (ruleId) => timings.get(ruleId) ?? usualTiming;
}

/** A rule of how a heat pump runs as the others are: its problem is named by its id. */
function ofRunningDevice(rule: (typeof runningRules)[number]): DeviceRule {
  return {
    ...rule,
    find(device, situation) {
      const found = rule.find(device, situation);
      if (found === null || found === "unknown") return found;
      return { ...found, problem: { ...found.problem, code: rule.id, name: device.name } };
    },
  };
}

/** What a rule says of what it looks at. */
type Said = Pick<FoundAlert, "id" | "severity" | "device" | "deviceName"> & { readonly finding: FoundProblem };

/** Everything that is wrong now, or not known, as the rules have it. */
export function findAlerts(situation: AlertSituation): FoundAlerts {
  const said = [...ofProgram(situation), ...situation.devices.flatMap((device) => ofDevice(device, situation))];
  return {
    wrong: said.flatMap(({ finding, severity, ...who }) => {
      if (finding === null || finding === "unknown") return [];
      const { problem, sinceAt = null, mark = null, onlyKeeps = false } = finding;
      return [{ ...who, problem, sinceAt, mark, onlyKeeps, severity: finding.severity ?? severity }];
    }),
    unknown: new Set(said.filter(({ finding }) => finding === "unknown").map(({ id }) => id)),
    devices: new Set(situation.devices.map(({ id }) => id)),
  };
}

function ofProgram(situation: AlertSituation): Said[] {
  const names = new Map(situation.devices.map(({ id, name }) => [id, name]));
  const of = (id: string, severity: Severity, finding: FoundProblem, device: string | null = null): Said => ({
    id,
    severity,
    device,
    deviceName: device && (names.get(device) ?? device),
    finding,
  });
  return [
    ...programRules.map(({ id, severity, find }) => of(id, severity, find(situation))),
    ...situation.priceProblems.map(({ source, problem }) => of(`prices/${source}`, "warning", { problem })),
    ...situation.notices.map(({ id, problem, device }) => of(id, "warning", { problem }, device)),
  ];
}

function ofDevice(device: DeviceSituation, situation: AlertSituation): Said[] {
  const who = { device: device.id, deviceName: device.name };
  return [
    ...deviceRules.map(({ id, severity, find }) => ({
      ...who,
      id: `${id}/${device.id}`,
      severity,
      finding: find(device, situation),
    })),
    ...device.feeds.flatMap((feed) => ofFeed(feed, who)),
  ];
}

function ofFeed(feed: ZoneFeedSituation, who: Pick<Said, "device" | "deviceName">): Said[] {
  return [
    ...feedRules.map(({ id, severity, find }) => ({
      ...who,
      id: `${id}/${who.device}/${feed.zone}`,
      severity,
      finding: find(feed),
    })),
    ...feed.rooms.map((room) => ({
      ...who,
      id: `${roomRule.id}/${who.device}/${room.entity}`,
      severity: roomRule.severity,
      finding: roomRule.find(room, feed.zone),
    })),
  ];
}
