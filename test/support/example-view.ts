import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { comparePeriods } from "@heatloop/core/house/compare-periods";
import type { Known } from "@heatloop/core/live/snapshot";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { figures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { report } from "@heatloop/core/report";
import type { Stop } from "@heatloop/core/time/clock";
import { datesBetween, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { Alert } from "@heatloop/ha-addon/alerts/alert";
import type { Health } from "@heatloop/ha-addon/alerts/health";
import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import type { DeviceView, HeatloopView } from "@heatloop/ha-addon/web/view";

/** A program in memory for the web to show: what it shows can be changed during a test. */
export type ExampleView = HeatloopView & {
  deviceList: DeviceView[];
  alertList: Alert[];
  healthNow: Health;
  /** How the request to remove a device ends. */
  removal: Awaited<ReturnType<HeatloopView["remove"]>>;
  /** Sets a value of a device and notifies the web. */
  set(device: string, point: PointId, value: Value): void;
  changed(device: string): void;
  listeners(): number;
};

export const exampleZone = zoneOf("Europe/Rome") as Zone;
/** 2026-11-21, 10:30 in Rome. */
export const exampleNow = Date.parse("2026-11-21T10:30:00+01:00");

export const exampleDevice: DeviceView = {
  id: "ecodan-heatpump",
  prefix: "ecodan-heatpump",
  name: "Ecodan",
  online: true,
  zones: 1,
  language: "en",
  lastSeenAt: exampleNow - 2000,
  operation: "heating",
};

const firstValues: Partial<Record<PointId, Value>> = {
  flow_temperature: 34.5,
  return_temperature: 30,
  outdoor_temperature: 4,
  dhw_temperature: 48.5,
  dhw_setpoint: 50,
  flow_rate: 17,
  compressor: true,
  compressor_frequency: 42,
  zone_1_flow_setpoint: 35,
  zone_1_room_temperature: 20.5,
  operation_mode: "heating",
  boiler_flow_temperature: null,
};

const roomFeed: RoomFeedView = {
  device: "ecodan-heatpump",
  zone: 1,
  state: "degraded",
  remarks: [
    {
      code: "some_rooms_used",
      used: 2,
      rooms: 3,
      missing: [{ name: "Bedroom", reason: { code: "silent", minutes: 120 } }],
    },
  ],
  reason: "2 of 3 rooms used: Bedroom has not reported for over 120 min.",
  since: exampleNow - 3_600_000,
  temperatureC: 20.6,
  sentC: 20.6,
  sentAt: exampleNow - 60_000,
  confirmed: true,
  source: "home_assistant",
  rooms: [
    room("climate.living_room", "Living room", 20.8),
    room("climate.kitchen", "Kitchen", 20.4),
    {
      ...room("sensor.bedroom_temperature", "Bedroom", null),
      used: false,
      reportedAt: exampleNow - 7_200_000,
      notUsed: { code: "silent", minutes: 120 },
      reason: "has not reported for over 120 min",
    },
  ],
};

function room(entity: string, name: string, temperatureC: number | null): RoomFeedView["rooms"][number] {
  return {
    entity,
    name,
    temperatureC,
    setpointC: 21,
    weight: 1,
    rawValue: temperatureC,
    reportedAt: exampleNow - 90_000,
    ageS: 90,
    used: true,
    notUsed: null,
    reason: null,
    doubtedAt: null,
  };
}

/** A minute of heating with 60 Wh of heat, 15 Wh of electricity. */
export function exampleMinute(at: number, values: Minute["points"] = {}): Minute {
  const none = Object.fromEntries(figures.map((figure) => [figure, 0])) as Record<(typeof figures)[number], number>;
  return {
    at,
    figures: { ...none, covered_s: 60, heat_wh: 60, heating_wh: 60, electricity_wh: 15, heating_s: 60 },
    points: { flow_temperature: 35, outdoor_temperature: null, operation_mode: "heating", compressor: 60, ...values },
  };
}

export function exampleView(devices: readonly DeviceView[] = [exampleDevice]): ExampleView {
  const listeners = new Set<(device: string) => void>();
  const values = new Map<string, Map<PointId, Known>>();
  const zone = exampleZone;

  function valuesOf(id: string): Map<PointId, Known> {
    let known = values.get(id);
    if (known === undefined) {
      known = new Map(
        Object.entries(firstValues).map(([point, value]) => [point as PointId, { value, at: exampleNow }]),
      );
      values.set(id, known);
    }
    return known;
  }

  async function* minutes(_id: string, fromMs: number, toMs: number): AsyncIterable<Minute> {
    const first = Math.ceil(fromMs / 60_000) * 60_000;
    for (let at = first; at < Math.min(toMs, exampleNow); at += 60_000) yield exampleMinute(at);
  }

  async function dayOf(id: string, date: string): Promise<DayEnergy> {
    const list: Minute[] = [];
    for await (const minute of minutes(id, zone.startOf(date), zone.endOf(date))) list.push(minute);
    return dayEnergy({ date, zone, minutes: list, now: exampleNow });
  }

  const today = dayEnergy({
    date: zone.dateOf(exampleNow),
    zone,
    now: exampleNow,
    minutes: Array.from({ length: 630 }, (_, index) => exampleMinute(exampleNow - (630 - index) * 60_000)),
  });

  const view: ExampleView = {
    deviceList: [...devices],
    alertList: [
      {
        id: "room-feed:sensor.bedroom_temperature",
        severity: "warning",
        message: "Bedroom has not reported for 2 h: look at its battery.",
        device: "ecodan-heatpump",
        sinceAt: exampleNow - 3_600_000,
      },
    ],
    removal: "alive",
    healthNow: {
      mqtt: { state: "connected", sinceAt: exampleNow - 3_600_000, detail: null },
      homeAssistant: { state: "connected", sinceAt: exampleNow - 3_600_000, detail: null },
      archive: { state: "ok", detail: null, waitingRows: 0, lastRowAt: exampleNow - 60_000 },
    },
    set(device, point, value) {
      valuesOf(device).set(point, { value, at: exampleNow });
      view.changed(device);
    },
    changed(device) {
      for (const listener of listeners) listener(device);
    },
    listeners: () => listeners.size,
    devices: () => view.deviceList,
    remove: async () => view.removal,
    status(id) {
      const device = view.deviceList.find((each) => each.id === id);
      if (device === undefined) return undefined;
      return {
        id,
        online: device.online,
        operation: device.operation,
        sinceAt: exampleNow - 25 * 60_000,
        values: new Map(valuesOf(id)),
        heatPowerW: 5330,
        electricityPowerW: null,
        cop: null,
        today,
        roomFeed: id === roomFeed.device ? [roomFeed] : [],
      };
    },
    latest: (id) => (view.deviceList.some((each) => each.id === id) ? new Map(valuesOf(id)) : undefined),
    minutes,
    async *minuteLines(id, fromMs, toMs) {
      yield `${minutesHeader}\n`;
      for await (const minute of minutes(id, fromMs, toMs)) yield `${minuteRow(minute, zone)}\n`;
    },
    async *transitions(_id, fromMs, toMs): AsyncIterable<Transition> {
      const context = Object.fromEntries(contextPoints.map((point) => [point, null])) as Transition["context"];
      const edges: Transition[] = [
        { at: exampleNow - 7_200_000, kind: "compressor", from: "off", to: "on", durationS: null, context },
        {
          at: exampleNow - 1_500_000,
          kind: "operation",
          from: "standby",
          to: "heating",
          durationS: 900,
          context: { ...context, flow_temperature: 31.5 },
        },
      ];
      for (const edge of edges) if (edge.at >= fromMs && edge.at < toMs) yield edge;
    },
    compare: async () => comparePeriods([], []),
    async report(id, { from, to, unit }) {
      return report({ device: id, from, to, zone, now: exampleNow, days: await view.days(id, from, to), unit });
    },
    async days(id, fromDate, toDate) {
      return Promise.all(
        datesBetween(fromDate, toDate)
          .slice(-40)
          .map((date) => dayOf(id, date)),
      );
    },
    roomFeed: () => [roomFeed],
    alerts: () => view.alertList,
    health: () => view.healthNow,
    stats: () => ({
      startedAt: exampleNow - 3_600_000,
      mqttMessages: 1200,
      readings: 1100,
      minutesWritten: 60,
      transitionsWritten: 2,
      memoryBytes: 80_000_000,
    }),
    zone: () => zone,
    onChange(listener): Stop {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return view;
}
