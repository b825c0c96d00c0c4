import { type HeatFormula, heatFormula } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Alert } from "../alerts/alert.ts";
import { alertsOf } from "../alerts/alerts.ts";
import type { Health } from "../alerts/health.ts";
import type { Archive } from "../archive/archive.ts";
import { mistakeLine } from "../base/mistakes.ts";
import { type Device, operationNow } from "../device/device.ts";
import type { HeatPump } from "../heat-pump/heat-pump.ts";
import type { BrokerNotice } from "../mqtt/shared-heat-pumps.ts";
import type { PriceProblem } from "../prices/problems.ts";
import type { EnergyReports } from "../report/energy-reports.ts";
import { waterSetup } from "../settings/house-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { DeviceView, HeatloopView, StatsView, StatusView } from "./view.ts";

/** The program as its web shows it. */
export function heatloopView(parts: {
  readonly heatPumps: () => readonly HeatPump[];
  readonly archive: Archive;
  readonly reports: EnergyReports;
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly health: () => Health;
  readonly priceProblems: () => readonly PriceProblem[];
  readonly stats: () => StatsView;
  readonly ownersTrouble: () => string | null;
  /** Whether the broker keeps retained messages. */
  readonly brokerKeeps: () => boolean;
  readonly clearTopic: (topic: string) => Promise<boolean>;
  readonly notices: () => readonly BrokerNotice[];
  readonly onChange: HeatloopView["onChange"];
}): HeatloopView {
  const { archive, clock, settings } = parts;
  let alerts: readonly Alert[] = [];

  const find = (id: string) => parts.heatPumps().find(({ device }) => device.id === id);

  function settingsTrouble(): string | null {
    const trouble = settings.trouble();
    if (trouble === undefined) return null;
    if (trouble.refusal !== undefined) return trouble.refusal;
    const kept = trouble.keptAside === null ? "" : `; the file as it was is kept as ${trouble.keptAside}`;
    return `settings.json has mistakes, defaults are used instead: ${trouble.mistakes.map(mistakeLine).join("; ")}${kept}`;
  }

  return {
    devices: () => parts.heatPumps().map((heatPump) => deviceView(heatPump, clock.now())),
    status(id) {
      const heatPump = find(id);
      return heatPump && statusView(heatPump, clock.now());
    },
    async remove(id) {
      const device = find(id)?.device;
      if (device === undefined) return "unknown";
      if (device.snapshot.online(clock.now()) === true && device.lastSeen() !== null) return "alive";
      if (settings.current().devices.some(({ prefix }) => prefix === device.prefix)) return "named";
      const cleared = await Promise.all([...device.topics()].map(parts.clearTopic));
      return cleared.every(Boolean) ? "removed" : "broker_away";
    },
    latest: (id) => find(id)?.device.snapshot.points(clock.now()),
    minutes: (id, from, to) =>
      byFormula(archive.minutes(id, from, to), heatFormula(waterSetup(settings.current().house))),
    minuteLines: archive.minuteLines,
    transitions: archive.transitions,
    days: (id, from, to) => archive.days(id, from, to, clock.now()),
    compare: (id, before, after) => parts.reports.compare(id, before, after, clock.now()),
    report: (id, wish) => parts.reports.report(id, wish, clock.now()),
    roomFeed: () => parts.heatPumps().flatMap(({ feeds }) => feeds.views()),
    alerts() {
      const devices = parts.heatPumps().map(({ device, feeds, offlineSince, fallingTotal, followedAt }) => ({
        id: device.id,
        name: device.name,
        online: device.snapshot.online(clock.now()),
        offlineSince: offlineSince(),
        // Where the broker keeps nothing, the word was said before we came.
        hasStatus: device.snapshot.status() !== null || !parts.brokerKeeps(),
        firstSeen: device.firstSeen(),
        followedAt,
        lastSeen: device.lastSeen(),
        prefix: device.prefix,
        fault: faultOf(device),
        fallingTotal: fallingTotal(clock.now()),
        feeds: feeds.views(),
      }));
      const offlineMin = settings.current().alerts.offline_min;
      const situation = {
        at: clock.now(),
        health: parts.health(),
        settingsTrouble: settingsTrouble(),
        ownersTrouble: parts.ownersTrouble(),
        priceProblems: parts.priceProblems(),
        notices: parts.notices(),
        offlineMin,
        devices,
      };
      alerts = alertsOf(situation, alerts);
      return alerts;
    },
    health: parts.health,
    stats: parts.stats,
    zone: parts.zone,
    onChange: parts.onChange,
  };
}

async function* byFormula(minutes: AsyncIterable<Minute>, formula: HeatFormula): AsyncIterable<Minute> {
  for await (const minute of minutes) yield minuteByFormula(minute, formula);
}

function faultOf(device: Device): { readonly code: string; readonly since: number } | null {
  const { state, since } = device.standings().standing.fault;
  return state === null || state === "none" ? null : { code: state, since };
}

function deviceView({ device }: HeatPump, now: number): DeviceView {
  const points = device.points();
  return {
    id: device.id,
    prefix: device.prefix,
    name: device.name,
    online: device.snapshot.online(now),
    zones: points.has("zone_2_flow_setpoint") || points.has("zone_2_operating_mode") ? 2 : 1,
    language: points.size === 0 ? null : device.language(),
    lastSeenAt: device.lastSeen(),
    operation: operationNow(device, now),
  };
}

function statusView(heatPump: HeatPump, now: number): StatusView {
  const { device } = heatPump;
  const power = heatPump.powerNow(now);
  const { standing } = device.standings();
  const operation = operationNow(device, now);
  return {
    id: device.id,
    online: device.snapshot.online(now),
    operation,
    sinceAt: operation !== null && standing.operation.seen ? standing.operation.since : null,
    values: device.snapshot.points(now),
    heatPowerW: power.heatW === null ? null : Math.round(power.heatW),
    electricityPowerW: power.electricityW,
    cop: power.cop,
    today: heatPump.today(),
    roomFeed: heatPump.feeds.views(),
  };
}
