import type { Alert } from "./alert.ts";
import type { AlertSituation, DeviceRule, DeviceSituation, FoundProblem } from "./alert-rule.ts";
import { commandRules } from "./command-rules.ts";
import { doubtedRoom, feedRules } from "./feed-rules.ts";
import { labelRules } from "./label-rules.ts";
import { offlineRule, presenceRules } from "./presence-rules.ts";
import { programRules } from "./program-rules.ts";
import { readingRules } from "./reading-rules.ts";

/** In the order in which a person reads them. */
const deviceRules: readonly DeviceRule[] = [
  ...presenceRules,
  ...labelRules,
  ...commandRules,
  offlineRule,
  ...readingRules,
];

/** An alert as it comes about; one without a start of its own keeps that of the alert before. */
type RaisedAlert = Omit<Alert, "sinceAt"> & { readonly sinceAt?: number | null };

/** Everything that a person should know or do now; an alert keeps its start as long as it lasts. */
export function alertsOf(situation: AlertSituation, before: readonly Alert[]): Alert[] {
  return [
    ...ofProgram(situation),
    ...situation.notices.map((notice): RaisedAlert => ({ ...notice, severity: "warning" })),
    ...situation.devices.flatMap((device) => ofDevice(device, situation)),
  ].map((raised) => ({
    ...raised,
    sinceAt: raised.sinceAt ?? before.find((alert) => alert.id === raised.id)?.sinceAt ?? situation.at,
  }));
}

function ofProgram(situation: AlertSituation): RaisedAlert[] {
  return [
    ...programRules.flatMap(({ id, severity, find }) => raised(id, severity, null, find(situation))),
    ...situation.priceProblems.flatMap(({ source, problem }) =>
      raised(`prices/${source}`, "warning", null, { problem }),
    ),
  ];
}

function ofDevice(device: DeviceSituation, situation: AlertSituation): RaisedAlert[] {
  const { id: own, feeds } = device;
  return [
    ...deviceRules.flatMap(({ id, severity, find }) => raised(`${id}/${own}`, severity, own, find(device, situation))),
    ...feeds.flatMap((feed) => [
      ...feedRules.flatMap(({ id, severity, find }) => raised(`${id}/${own}/${feed.zone}`, severity, own, find(feed))),
      ...feed.rooms.flatMap((room) =>
        raised(`room/${own}/${room.entity}`, "warning", own, doubtedRoom(room, feed.zone, situation.at)),
      ),
    ]),
  ];
}

function raised(
  id: string,
  severity: Alert["severity"],
  device: string | null,
  finding: FoundProblem,
): readonly RaisedAlert[] {
  return finding === null ? [] : [{ id, severity, device, ...finding }];
}
