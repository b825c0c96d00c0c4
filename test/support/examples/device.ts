import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { figures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { DeviceView } from "@heatloop/ha-addon/web/view";

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

export const firstValues: Partial<Record<PointId, Value>> = {
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

/** A minute of heating with 60 Wh of heat, 15 Wh of electricity. */
export function exampleMinute(at: number, values: Minute["points"] = {}): Minute {
  const none = Object.fromEntries(figures.map((figure) => [figure, 0])) as Record<(typeof figures)[number], number>;
  return {
    at,
    figures: { ...none, covered_s: 60, heat_wh: 60, heating_wh: 60, electricity_wh: 15, heating_s: 60 },
    points: { flow_temperature: 35, outdoor_temperature: null, operation_mode: "heating", compressor: 60, ...values },
  };
}
