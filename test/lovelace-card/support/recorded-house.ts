import type { History, HistoryState } from "@heatloop/lovelace-card/home-assistant/history";
import type { StatisticsAnswer, StatisticsRow } from "@heatloop/lovelace-card/record/recorded-series";
import type { FakeDevice } from "./fake-home.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What a house was like at a time; null where nothing was reported. */
export type House = Readonly<Record<string, number | string | null>>;

/** Nothing was reported on 20 November from 21:10 to 22:40 UTC, nor for three days in July. */
const silent = [
  [Date.parse("2026-11-20T21:10:00Z"), Date.parse("2026-11-20T22:40:00Z")],
  [Date.parse("2026-07-07T00:00:00Z"), Date.parse("2026-07-10T00:00:00Z")],
] as const;

/** A heated house through the year: cold nights, hot water twice a day, a defrost now and then. */
export function houseAt(at: number): House {
  if (silent.some(([from, to]) => at >= from && at < to)) return {};
  const season = Math.cos((2 * Math.PI * (at - Date.parse("2026-01-15T00:00:00Z"))) / (365.25 * day));
  const ofDay = (((at + hour) % day) + day) % day;
  const swing = Math.cos((2 * Math.PI * (ofDay - 15 * hour)) / day);
  const weather = Math.sin(at / (3.1 * day)) * 3 + Math.sin(at / (0.9 * day)) * 1.5;
  const outdoor = 12 - 10 * season + 3.5 * swing + weather;
  const dhw = [5 * hour, 14.5 * hour].map((start) => ofDay - start).find((since) => since >= 0 && since < 50 * minute);
  const cycle = (at / minute) % 95;
  const defrost = outdoor < 7 && Math.floor(at / minute / 95) % 3 === 0 && cycle > 60 && cycle < 66;
  const heating = outdoor < 16 && cycle < 70;
  const curve = 27 + Math.max(0, 20 - outdoor) * 0.62;
  const operation = dhw !== undefined ? "hot_water" : defrost ? "defrost" : heating ? "heating" : "standby";
  const flow = {
    hot_water: 34 + ((dhw ?? 0) / (50 * minute)) * 20,
    defrost: curve - 11,
    heating: curve + Math.min(2.5, cycle / 6) - 1.2,
    standby: curve - 3 - Math.min(6, (cycle - 70) / 4),
  }[operation];
  const lift = { hot_water: 5, defrost: -4, heating: 4.6, standby: 0.4 }[operation];
  const since = [5 * hour, 14.5 * hour, -9.5 * hour]
    .map((start) => ofDay - start - 50 * minute)
    .filter((ms) => ms >= 0);
  const tank = dhw === undefined ? 50 - (Math.min(...since) / hour) * 0.75 : 43 + (dhw / (50 * minute)) * 7;
  const frequency =
    operation === "standby" ? 0 : 30 + Math.max(0, 15 - outdoor) * 2 + (operation === "defrost" ? 30 : 0);
  const electricW = operation === "standby" ? 15 : 180 + frequency * 22;
  return {
    operation,
    compressor_frequency: round(frequency, 1),
    electric_power: round(electricW, 1),
    heat_power: operation === "standby" ? 0 : round(lift * 17 * 69.5, 1),
    short_cycle_lockout: operation === "standby" && Math.floor(at / minute / 95) % 5 === 0 && cycle < 88 ? "on" : "off",
    flow_temperature: round(flow, 2),
    return_temperature: round(flow - lift, 2),
    outdoor_temperature: round(outdoor, 1),
    dhw_temperature: round(tank, 2),
    room_feed_zone_1_sent: round(21.1 + 0.5 * swing + Math.sin(at / (5 * hour)) * 0.2, 10),
    zone_1_room_temperature: round(20.6 + 0.5 * swing, 2),
    zone_1_flow_setpoint: round(curve, 1),
    zone_1_room_setpoint: 21,
    dhw_setpoint: 50,
  };
}

/** The answer to `history/history_during_period`. */
export function recordedHistory(device: FakeDevice, ids: readonly string[], from: number, to: number): History {
  return Object.fromEntries(
    ids.map((id) => {
      const key = keyOf(device, id);
      const states: HistoryState[] = [];
      for (let at = from; at < to; at += minute) {
        const s = String(houseAt(at)[key] ?? "unavailable");
        if (states.at(-1)?.s !== s) states.push({ s, lu: at / 1000 });
      }
      return [id, states];
    }),
  );
}

/** The answer to `recorder/statistics_during_period`: each period has the value of its middle. */
export function recordedStatistics(
  device: FakeDevice,
  ids: readonly string[],
  from: number,
  to: number,
  period: string,
  units: Readonly<Record<string, string>> = {},
): StatisticsAnswer {
  const length = period === "hour" ? hour : 5 * minute;
  return Object.fromEntries(
    ids.map((id) => {
      const key = keyOf(device, id);
      const factor = units.power === "kW" && key.endsWith("_power") ? 0.001 : 1;
      const rows: StatisticsRow[] = [];
      for (let start = Math.floor(from / length) * length; start + length <= to; start += length) {
        const mean = houseAt(start + length / 2)[key];
        if (typeof mean === "number") rows.push({ start, end: start + length, mean: mean * factor });
      }
      return [id, rows];
    }),
  );
}

function keyOf(device: FakeDevice, id: string): string {
  return device.entities.find(({ entity_id }) => entity_id === id)?.unique_id.replace(/^heatloop_[^_]+_/, "") ?? "";
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
