import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { hasZone2 } from "@heatloop/core/catalogue/zone-2";
import { type HeatFormula, heatFormula } from "@heatloop/core/heat/heat-formula";
import { emitterKindOf } from "@heatloop/core/house/emitters";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Health } from "../alerts/health.ts";
import type { LiveAlerts } from "../alerts/live-alerts.ts";
import type { Archive } from "../archive/archive.ts";
import { isFinished, sourceSpan } from "../archive/files-state.ts";
import { slotKinds } from "../archive/slot-archive.ts";
import { operationNow } from "../device/device.ts";
import type { HeatPump } from "../heat-pump/heat-pump.ts";
import type { EnergyReports, HeatingKind } from "../report/energy-reports.ts";
import { madeFrom } from "../report/learned-days.ts";
import { useRooms } from "../room-feed/use-rooms.ts";
import { waterSetup } from "../settings/house-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { DeviceView, HeatloopView, StatsView, StatusView } from "./view.ts";

/** What the web's view is made of. */
type ViewParts = {
  readonly heatPumps: () => readonly HeatPump[];
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly health: () => Health;
  readonly alerts: LiveAlerts;
  readonly archive: Archive;
  readonly reports: EnergyReports;
  readonly zone: () => Zone;
  readonly language: () => HomeLanguage;
  readonly stats: () => StatsView;
  readonly firstRun: HeatloopView["firstRun"];
  readonly clearTopic: (topic: string) => Promise<boolean>;
  readonly leaveBroker: HeatloopView["leaveBroker"];
  readonly archiveSize: HeatloopView["archiveSize"];
  readonly lastRowAt: HeatloopView["lastRowAt"];
  readonly hours: HeatloopView["hours"];
  readonly onChange: HeatloopView["onChange"];
};

/** The program as its web shows it. */
export function heatloopView(parts: ViewParts): HeatloopView {
  const { archive, clock, settings, alerts } = parts;

  const find = (id: string) => parts.heatPumps().find(({ device }) => device.id === id);

  return {
    devices: () => parts.heatPumps().map((heatPump) => deviceView(heatPump, clock.now())),
    status(id) {
      const heatPump = find(id);
      return heatPump && statusView(heatPump, clock.now());
    },
    clearKeptCommands: async (id) => {
      const heatPump = find(id);
      return heatPump === undefined || heatPump.keptCommands.clear();
    },
    remove: (id) => removed(parts, find(id)),
    leaveBroker: parts.leaveBroker,
    latest: (id) => find(id)?.device.snapshot.points(clock.now()),
    minutes: (id, from, to) =>
      byFormula(archive.minutes(id, from, to), heatFormula(waterSetup(settings.current().house))),
    minuteLines: archive.minuteLines,
    async plainRows(id, span) {
      const isPast = span.to < parts.zone().dateOf(clock.now());
      return isPast ? archive.plainRows(id, span) : undefined;
    },
    minuteBytes: archive.minuteBytes,
    transitions: archive.transitions,
    days: (id, from, to) => archive.days(id, from, to, clock.now()),
    hours: parts.hours,
    finishedState: (id, span, what) => finishedState(parts, id, span, what),
    compare: (id, before, after) => parts.reports.compare(id, before, after, clock.now()),
    heatingKind: (id) => {
      const heatPump = find(id);
      return heatPump && heatingKind(heatPump, clock.now());
    },
    heatingCurve: (id, range, heating) => parts.reports.heatingCurve(id, range, heating, clock.now()),
    report: (id, request) => parts.reports.report(id, request, clock.now()),
    async useRooms(id, zone) {
      const heatPump = find(id);
      const feed = heatPump?.feeds.views().find((each) => each.zone === zone);
      return heatPump === undefined || feed === undefined ? "unknown" : useRooms(heatPump.device, feed);
    },
    roomFeed: () => parts.heatPumps().flatMap(({ feeds }) => feeds.views()),
    alerts: alerts.active,
    endedAlerts: alerts.ended,
    acknowledgeAlert: alerts.acknowledge,
    snoozeAlert: alerts.snooze,
    health: parts.health,
    stats: parts.stats,
    archiveSize: parts.archiveSize,
    lastRowAt: parts.lastRowAt,
    firstRun: parts.firstRun,
    zone: parts.zone,
    language: parts.language,
    onChange: parts.onChange,
  };
}

async function removed(
  { clock, settings, clearTopic }: ViewParts,
  heatPump: HeatPump | undefined,
): ReturnType<HeatloopView["remove"]> {
  const device = heatPump?.device;
  if (device === undefined) return "unknown";
  if (device.snapshot.online(clock.now()) === true && device.lastSeen() !== null) return "alive";
  if (settings.current().devices.some(({ prefix }) => prefix === device.prefix)) return "named";
  const cleared = await Promise.all([...device.topics()].map(clearTopic));
  return cleared.every(Boolean) ? "removed" : "broker_away";
}

function finishedState(
  { archive, clock, zone }: ViewParts,
  ...[id, span, what]: Parameters<HeatloopView["finishedState"]>
): string | undefined {
  if (!isFinished(span, zone(), clock.now())) return undefined;
  const { from, to } = sourceSpan(what === "days" ? span : { ...span, from: madeFrom(span) });
  const folders = what === "days" ? [id] : [id, ...slotKinds];
  return folders.map((folder) => archive.filesState(folder, from, to)).join(" ");
}

async function* byFormula(minutes: AsyncIterable<Minute>, formula: HeatFormula): AsyncIterable<Minute> {
  for await (const minute of minutes) yield minuteByFormula(minute, formula);
}

function heatingKind({ device }: HeatPump, now: number): HeatingKind {
  const type = device.snapshot.points(now).get("heating_system_type")?.value;
  return { emitterKind: emitterKindOf(type), zones: zonesOf(device) };
}

function zonesOf(device: HeatPump["device"]): number {
  return hasZone2(device.points()) ? 2 : 1;
}

function deviceView({ device }: HeatPump, now: number): DeviceView {
  const points = device.points();
  return {
    id: device.id,
    prefix: device.prefix,
    name: device.name,
    online: device.snapshot.online(now),
    zones: zonesOf(device),
    language: points.size === 0 ? null : device.language(),
    lastSeenAt: device.lastSeen(),
    operation: operationNow(device, now),
  };
}

function statusView(heatPump: HeatPump, now: number): StatusView {
  const { device } = heatPump;
  const power = heatPump.powerNow(now);
  const { states } = device.currentStates();
  const operation = operationNow(device, now);
  return {
    id: device.id,
    online: device.snapshot.online(now),
    operation,
    sinceAt: operation !== null && states.operation.seen ? states.operation.since : null,
    values: device.snapshot.points(now),
    heatPowerW: power.heatW === null ? null : Math.round(power.heatW),
    electricityPowerW: power.electricityW,
    cop: power.cop,
    today: heatPump.today(),
    roomFeed: heatPump.feeds.views(),
  };
}
