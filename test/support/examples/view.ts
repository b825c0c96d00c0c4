import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { comparePeriods } from "@heatloop/core/house/compare-periods";
import { heatingCurve } from "@heatloop/core/house/heating-curve";
import type { Known } from "@heatloop/core/live/snapshot";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { report } from "@heatloop/core/report";
import type { Stop } from "@heatloop/core/time/clock";
import { datesBetween, previousDate } from "@heatloop/core/time/local-day";
import type { Alert, EndedAlert } from "@heatloop/ha-addon/alerts/alert";
import type { Health } from "@heatloop/ha-addon/alerts/health";
import type { ArchiveSize } from "@heatloop/ha-addon/archive/archive-size";
import type { HeatingKind } from "@heatloop/ha-addon/report/energy-reports";
import type { DeviceView, HeatloopView } from "@heatloop/ha-addon/web/view";
import { exampleDevice, exampleMinute, exampleNow, exampleZone, firstValues } from "./device.ts";
import { exampleRoomFeed } from "./room-feed.ts";

/** A program in memory for the web to show: what it shows can be changed during a test. */
export type ExampleView = HeatloopView & {
  deviceList: DeviceView[];
  alertList: Alert[];
  endedList: EndedAlert[];
  healthNow: Health;
  /** How the request to remove a device ends. */
  removal: Awaited<ReturnType<HeatloopView["remove"]>>;
  /** Sets a value of a device and notifies the web. */
  set(device: string, point: PointId, value: Value): void;
  changed(device: string): void;
  listeners(): number;
  /** Of the files that the finished days are made of. */
  filesState: string;
  sizeNow: ArchiveSize | null;
  heatingNow: HeatingKind;
};

const exampleHour = { heating: 2000, hot_water: 0, cooling: 0, defrost: -50, standby: 0 };
/** What an alert has that nobody has seen; an hour old. */
export const exampleAlert = {
  deviceName: "Ecodan",
  sinceAt: exampleNow - 3_600_000,
  acknowledged: null,
  snoozedUntil: null,
} as const;

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
        problem: { code: "room_not_used", zone: 1, room: "Bedroom", reason: { code: "silent", minutes: 120 } },
        device: "ecodan-heatpump",
        ...exampleAlert,
      },
    ],
    endedList: [],
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
    filesState: "",
    finishedState: (_id, { to }) => (to < previousDate(zone.dateOf(exampleNow)) ? view.filesState : undefined),
    useRooms: async (id, zone) => {
      const feed = view.roomFeed().find((each) => each.device === id && each.zone === zone);
      return feed === undefined ? "unknown" : feed.confirmed ? "sent" : "not_fed";
    },
    firstRun: {
      now: async () => ({
        done: true,
        broker: { address: "192.168.1.10", from: "connection", others: [], port: 1883, tls: false, renamed: false },
        needsCa: false,
        yaml: "mqtt:\n",
        rooms: [],
        timeZone: { guess: "Europe/Rome", from: "machine" },
        tariff: null,
      }),
      later: async () => undefined,
    },
    devices: () => view.deviceList,
    remove: async () => view.removal,
    clearKeptCommands: async () => view.removal !== "broker_away",
    leaveBroker: async () => view.removal !== "broker_away",
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
        roomFeed: id === exampleRoomFeed.device ? [exampleRoomFeed] : [],
      };
    },
    latest: (id) => (view.deviceList.some((each) => each.id === id) ? new Map(valuesOf(id)) : undefined),
    minutes,
    async *minuteLines(id, fromMs, toMs) {
      yield `${minutesHeader}\n`;
      for await (const minute of minutes(id, fromMs, toMs)) yield `${minuteRow(minute, zone)}\n`;
    },
    plainRows: async () => undefined,
    minuteBytes: () => 12_345_678,
    async *transitions(_id, fromMs, toMs): AsyncIterable<Transition> {
      const context = Object.fromEntries(contextPoints.map((point) => [point, null])) as Transition["context"];
      const transitions: Transition[] = [
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
      for (const each of transitions) if (each.at >= fromMs && each.at < toMs) yield each;
    },
    hours: async (_id, fromDate, toDate) =>
      datesBetween(fromDate, toDate).flatMap((date) => {
        const at = zone.startOf(date) + 8 * 3_600_000;
        const basis = { heatWh: 3000, electricityWh: 750 };
        return at > exampleNow
          ? []
          : [{ at, heatWh: exampleHour, electricityWh: { ...exampleHour, unknown: 0 }, copBasis: basis }];
      }),
    compare: async () => comparePeriods([], []),
    heatingKind: (id) => (view.deviceList.some((each) => each.id === id) ? view.heatingNow : undefined),
    heatingCurve: async (_id, { from }, heating) =>
      heatingCurve({ from, days: [], events: new Map(), setup: { ...heating, designTemperatureC: null } }),
    heatingNow: { emitterKind: "radiators", zones: 1 },
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
    roomFeed: () => [exampleRoomFeed],
    alerts: () => view.alertList,
    endedAlerts: () => view.endedList,
    acknowledgeAlert: (id, by) => changeAlert(view, id, { acknowledged: { at: exampleNow, by } }),
    snoozeAlert: (id, minutes) => changeAlert(view, id, { snoozedUntil: exampleNow + minutes * 60_000 }),
    health: () => view.healthNow,
    archiveSize: () => view.sizeNow,
    lastRowAt: (id) => (id === exampleDevice.id ? exampleNow - 60_000 : null),
    sizeNow: { bytes: 73_000_000, freeBytes: 9_000_000_000, days: 212 },
    stats: () => ({
      startedAt: exampleNow - 3_600_000,
      mqttMessages: 1200,
      readings: 1100,
      minutesWritten: 60,
      transitionsWritten: 2,
      memoryBytes: 80_000_000,
    }),
    zone: () => zone,
    language: () => "en",
    onChange(listener): Stop {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return view;
}

/** Changes an alert of the list; undefined where it has none of the id. */
function changeAlert(view: ExampleView, id: string, change: Partial<Alert>): Alert | undefined {
  view.alertList = view.alertList.map((alert) => (alert.id === id ? { ...alert, ...change } : alert));
  return view.alertList.find((alert) => alert.id === id);
}
