import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { columnOf, type PointId } from "@heatloop/core/catalogue/points";
import type { ControllerTotals } from "@heatloop/core/energy/controller-totals";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { Known } from "@heatloop/core/live/snapshot";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import { toldReason, toldRemark } from "@heatloop/core/room-feed/told-remark";
import type { Zone } from "@heatloop/core/time/local-day";
import type { z } from "zod";
import type { Alert, EndedAlert } from "../alerts/alert.ts";
import { alertSentence } from "../alerts/alert-sentence.ts";
import type { ConnectionHealth } from "../alerts/health.ts";
import { dayTrustJson, partsJson } from "../report/json/day.ts";
import type { RoomFeedView } from "../room-feed/view.ts";
import type { alertSchema } from "./alerts/schemas.ts";
import { liveNameOf, pointUnit } from "./points.ts";
import type * as schemas from "./schemas.ts";
import type { DeviceView, StatusView } from "./view.ts";

type Json<S extends z.ZodType> = z.output<S>;

function time(at: number | null, zone: Zone): string | null {
  return at === null ? null : zone.isoOf(at);
}

/** A heat pump, as the API writes it. */
export function deviceJson(device: DeviceView, zone: Zone): Json<typeof schemas.deviceSchema> {
  const { id, prefix, name, online, zones, language, operation } = device;
  return { id, prefix, name, online, zones, language, last_seen: time(device.lastSeenAt, zone), operation };
}

/** What a heat pump does now, as the API writes it; null is unknown. */
export function statusJson(status: StatusView, zone: Zone): Json<typeof schemas.statusSchema> {
  const values: Record<string, Known["value"]> = {};
  for (const [id, { value }] of status.values) values[liveNameOf(id)] = value;
  return {
    id: status.id,
    online: status.online,
    operation: status.operation,
    since: time(status.sinceAt, zone),
    heat_power_w: status.heatPowerW,
    electricity_power_w: status.electricityPowerW,
    cop: status.cop,
    values,
    today: status.today && dayJson(status.today, zone),
    room_feed: status.roomFeed.map((feed) => roomFeedJson(feed, zone)),
  };
}

/** The newest value of each point, as the API writes it. */
export function latestJson(
  device: string,
  latest: ReadonlyMap<PointId, Known>,
  zone: Zone,
): Json<typeof schemas.latestSchema> {
  const readings: Json<typeof schemas.latestSchema>["readings"] = {};
  for (const [id, { value, at }] of latest) readings[id] = { value, unit: pointUnit(id), at: zone.isoOf(at) };
  return { device, readings };
}

/** The energy of a day in Wh, as the API writes it; null is unknown. */
export function dayJson(day: DayEnergy, zone: Zone): Json<typeof schemas.daySchema> {
  return {
    date: day.date,
    seconds: day.seconds,
    covered_s: day.coveredS,
    coverage: Math.round(day.coverage * 10_000) / 10_000,
    complete: day.complete,
    heat_wh: day.heatWh,
    cooling_wh: day.coolingWh,
    electricity_wh: day.electricityWh,
    cop: day.cop,
    parts: partsJson(day.parts),
    starts: day.starts,
    defrosts: day.defrosts,
    run_minutes: day.runMinutes,
    controller: day.controller && controllerJson(day.controller),
    ...dayTrustJson(day, zone),
  };
}

function controllerJson(totals: ControllerTotals) {
  return {
    heating_heat_wh: totals.heatingHeatWh,
    heating_electricity_wh: totals.heatingElectricityWh,
    hot_water_heat_wh: totals.hotWaterHeatWh,
    hot_water_electricity_wh: totals.hotWaterElectricityWh,
    cooling_heat_wh: totals.coolingHeatWh,
    cooling_electricity_wh: totals.coolingElectricityWh,
  };
}

/** A transition, as the API writes it. */
export function transitionJson(transition: Transition, zone: Zone): Json<typeof schemas.transitionSchema> {
  const { at, kind, from, to, durationS, context } = transition;
  const values = Object.fromEntries(contextPoints.map((id) => [columnOf(id), context[id]]));
  return {
    time: zone.isoOf(at),
    what: kind,
    from,
    to,
    duration_s: durationS,
    zone: transition.zone ?? null,
    ...values,
  };
}

/** The room feed of a zone, as the API writes it. */
export function roomFeedJson(feed: RoomFeedView, zone: Zone): Json<typeof schemas.zoneFeedSchema> {
  return {
    device: feed.device,
    zone: feed.zone,
    state: feed.state,
    reason: feed.reason,
    remarks: feed.remarks.map((remark) => {
      const told = toldRemark(remark);
      return { ...told, missing: [...told.missing] };
    }),
    since: zone.isoOf(feed.since),
    temperature_c: feed.temperatureC,
    sent_c: feed.sentC,
    sent_at: time(feed.sentAt, zone),
    read_back_c: feed.readBackC,
    confirmed: feed.confirmed,
    source: feed.source,
    rooms: feed.rooms.map((room) => ({
      entity: room.entity,
      name: room.name,
      temperature_c: room.temperatureC,
      setpoint_c: room.setpointC,
      weight: room.weight,
      raw_value: room.rawValue,
      reported_at: time(room.reportedAt, zone),
      age_s: room.ageS,
      used: room.used,
      reason: room.reason,
      not_used: room.notUsed && toldReason(room.notUsed),
      doubted_since: time(room.doubtedAt, zone),
    })),
  };
}

/** An active alert, as the API writes it; its message in a language. */
export function alertJson(alert: Alert, zone: Zone, language: HomeLanguage): Json<typeof alertSchema> {
  const message = alertSentence(alert.problem, language);
  return anyAlertJson({ ...alert, message }, zone, time(alert.snoozedUntil, zone));
}

/** An alert that is over, as the API writes it; its message as it was. */
export function endedAlertJson(alert: EndedAlert, zone: Zone): Json<typeof alertSchema> {
  return { ...anyAlertJson(alert, zone, null), ended: zone.isoOf(alert.endedAt) };
}

function anyAlertJson(
  alert: Pick<EndedAlert, "id" | "severity" | "message" | "device" | "sinceAt" | "acknowledged">,
  zone: Zone,
  snoozedUntil: string | null,
): Json<typeof alertSchema> {
  const { id, severity, message, device, sinceAt, acknowledged } = alert;
  return {
    id,
    severity,
    message,
    device,
    since: zone.isoOf(sinceAt),
    acknowledged: time(acknowledged?.at ?? null, zone),
    acknowledged_by: acknowledged?.by ?? null,
    snoozed_until: snoozedUntil,
  };
}

/** The state of a connection, and since when, as the API writes it. */
export function connectionJson({ state, sinceAt, detail }: ConnectionHealth, zone: Zone) {
  return { state, since: time(sinceAt, zone), detail };
}
