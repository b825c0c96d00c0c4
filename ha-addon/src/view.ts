import type { Clock } from "@heatloop/core/clock";
import type { Zone } from "@heatloop/core/local-day";
import { alertsOf } from "./alerts.ts";
import type { Archive } from "./archive.ts";
import { type Device, operationNow } from "./device.ts";
import type { EnergyReports } from "./energy-reports.ts";
import type { HeatPump } from "./heat-pump.ts";
import { mistakeLine } from "./mistakes.ts";
import type { SettingsFile } from "./settings-file.ts";
import type { Notice } from "./shared-heat-pumps.ts";
import type { AlertView, DeviceView, HealthView, HeatloopView, StatsView, StatusView } from "./web-view.ts";

/** The program as its web shows it. */
export function heatloopView(parts: {
  readonly heatPumps: () => readonly HeatPump[];
  readonly archive: Archive;
  readonly reports: EnergyReports;
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly health: () => HealthView;
  readonly stats: () => StatsView;
  readonly notices: () => readonly Notice[];
  readonly onChange: HeatloopView["onChange"];
}): HeatloopView {
  const { archive, clock, settings } = parts;
  let alerts: readonly AlertView[] = [];

  const find = (id: string) => parts.heatPumps().find(({ device }) => device.id === id);

  function settingsTrouble(): string | null {
    const trouble = settings.trouble();
    if (trouble === undefined) return null;
    const kept = trouble.keptAside === null ? "" : `; the file as it was is kept as ${trouble.keptAside}`;
    return `settings.json has mistakes, defaults are used instead: ${trouble.mistakes.map(mistakeLine).join("; ")}${kept}`;
  }

  return {
    devices: () => parts.heatPumps().map((heatPump) => deviceView(heatPump, clock.now())),
    status(id) {
      const heatPump = find(id);
      return heatPump && statusView(heatPump, clock.now());
    },
    latest: (id) => find(id)?.device.snapshot.points(clock.now()),
    minutes: archive.minutes,
    minuteLines: archive.minuteLines,
    transitions: archive.transitions,
    days: (id, from, to) => archive.days(id, from, to, clock.now()),
    compare: (id, before, after) => parts.reports.compare(id, before, after, clock.now()),
    report: (id, wish) => parts.reports.report(id, wish, clock.now()),
    roomFeed: () => parts.heatPumps().flatMap(({ feeds }) => feeds.views()),
    alerts() {
      const devices = parts.heatPumps().map(({ device, feeds, offlineSince }) => ({
        id: device.id,
        name: device.name,
        online: device.snapshot.online(),
        offlineSince: offlineSince(),
        fault: faultOf(device),
        feeds: feeds.views(),
      }));
      const offlineMin = settings.current().alerts.offline_min;
      alerts = alertsOf(
        {
          at: clock.now(),
          health: parts.health(),
          settingsTrouble: settingsTrouble(),
          notices: parts.notices(),
          offlineMin,
          devices,
        },
        alerts,
      );
      return alerts;
    },
    health: parts.health,
    stats: parts.stats,
    zone: parts.zone,
    onChange: parts.onChange,
  };
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
    online: device.snapshot.online(),
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
    online: device.snapshot.online(),
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
