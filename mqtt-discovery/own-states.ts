import type { Boundary } from "@heatloop/core/energy/boundary";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { Operation } from "@heatloop/core/live/operation";
import { round, roundOrNull } from "@heatloop/core/math/rounding";
import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";

/**
 * What Heatloop itself publishes on MQTT, beside the firmware's topics: retained, JSON but for the operation. null is
 * unknown. A heat pump's device id is its prefix as core's `deviceId` writes it.
 */

/** The running day; a `DayState`. */
export function dayTopic(device: string): string {
  return `heatloop/${device}/day`;
}

/** The last finished day; a `DayState`. */
export function yesterdayTopic(device: string): string {
  return `heatloop/${device}/yesterday`;
}

/** What the heat pump is doing; see `operationPayload`. */
export function operationTopic(device: string): string {
  return `heatloop/${device}/operation`;
}

/** The loop from the rooms to the heat pump; a `RoomFeedPayload`. */
export function roomFeedTopic(device: string, zone: ZoneNumber): string {
  return `heatloop/${device}/room-feed/${zone}`;
}

/** What it takes and gives at this moment; a `PowerState`. */
export function powerTopic(device: string): string {
  return `heatloop/${device}/power`;
}

/** Whether the minute log is being written; JSON `{ ok, reason }`. */
export function logTopic(device: string): string {
  return `heatloop/${device}/log`;
}

export type ZoneNumber = 1 | 2;

/** A local day; energies in kWh, times in hours. */
export type DayState = {
  /** 2026-01-31. */
  readonly date: string;
  /** When the day began, ISO 8601 with offset: where Home Assistant starts to count anew. */
  readonly start: string;
  readonly heat_kwh: number | null;
  readonly cooling_kwh: number | null;
  readonly electricity_kwh: number | null;
  readonly cop: number | null;
  /** Of the COPs, as heatpumpmonitor.org names it: H2, H3, H4. */
  readonly cop_boundary: Boundary | null;
  readonly heating_heat_kwh: number | null;
  readonly heating_electricity_kwh: number | null;
  readonly heating_cop: number | null;
  readonly hot_water_heat_kwh: number | null;
  readonly hot_water_electricity_kwh: number | null;
  readonly hot_water_cop: number | null;
  readonly starts: number;
  readonly defrosts: number;
  readonly run_hours: number;
  /** Share of the day (of its part that has passed) that was seen. */
  readonly coverage_percent: number;
};

export type RoomFeedPayload = {
  readonly state: RoomFeedState;
  /** In words for a person; null where all is well. */
  readonly reason: string | null;
  /** The mean of the rooms now. */
  readonly temperature_c: number | null;
  /** What was last sent to the heat pump, and what it reports of it. */
  readonly sent_c: number | null;
  readonly read_back_c: number | null;
  /** The room temperature that the heat pump uses. */
  readonly source: string | null;
};

/** W; heat is negative in defrost and cooling, electricity the mean between the counter's last two steps. */
export type PowerState = {
  readonly heat_w: number | null;
  readonly electricity_w: number | null;
  readonly cop: number | null;
};

/** A day's report as it is published; `start` is its first moment, ISO 8601 with offset. */
export function dayState(day: DayEnergy, start: string): DayState {
  const { heating, hot_water } = day.parts;
  return {
    date: day.date,
    start,
    heat_kwh: kwh(day.heatWh),
    cooling_kwh: kwh(day.coolingWh),
    electricity_kwh: kwh(day.electricityWh),
    cop: roundOrNull(day.cop, 2),
    cop_boundary: day.copBoundary,
    heating_heat_kwh: kwh(heating.heatWh),
    heating_electricity_kwh: kwh(heating.electricityWh),
    heating_cop: roundOrNull(heating.cop, 2),
    hot_water_heat_kwh: kwh(hot_water.heatWh),
    hot_water_electricity_kwh: kwh(hot_water.electricityWh),
    hot_water_cop: roundOrNull(hot_water.cop, 2),
    starts: day.starts,
    defrosts: day.defrosts,
    run_hours: round(day.runMinutes / 60, 2),
    coverage_percent: round(day.coverage * 100, 1),
  };
}

/** An operation as it is published; `None` is Home Assistant's word for unknown. */
export function operationPayload(operation: Operation | null): string {
  return operation ?? "None";
}

/** Wh as kWh, to the Wh. */
export function kwh(wh: number | null): number | null {
  return wh === null ? null : round(wh / 1000, 3);
}
