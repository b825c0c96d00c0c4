import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** The columns of the Python logger, in its order. */
export const pythonHeader =
  "timestamp,outside_temp,feed_temp,return_temp,dhw_temp,compressor_hz,output_power_kw,estimated_power_kw,estimated_cop,heating_cop,dhw_cop,flow_rate_lmin,pump_speed,pump_watts,fan_rpm,heating_consumed_kwh,heating_delivered_kwh,dhw_consumed_kwh,dhw_delivered_kwh,daily_consumed_kwh,daily_produced_kwh,compressor_starts,operating_hours,discharge_temp,refrigerant_temp,condensing_temp,flow_target_temp,compressor_on,defrost,3way_valve_dhw,booster_heater,water_pump,water_pump_2,dhw_eco,sc_lockout,sc_predictive_boost,delta_t,room_temp";

const columns = pythonHeader.split(",");

/** Heating at 18 L/min and 32.0/30.5 °C: 1.878 kW by 1 kg/L, a worked value of the logger's author. */
const usual: Readonly<Record<string, string>> = {
  outside_temp: "5.0",
  feed_temp: "32.0",
  return_temp: "30.5",
  dhw_temp: "48.5",
  compressor_hz: "40.0",
  flow_rate_lmin: "18.0",
  heating_consumed_kwh: "12.3",
  heating_delivered_kwh: "40.1",
  dhw_consumed_kwh: "2.2",
  dhw_delivered_kwh: "5.5",
  daily_consumed_kwh: "7.4",
  daily_produced_kwh: "20.123",
  flow_target_temp: "34.0",
  compressor_on: "1",
  defrost: "0",
  "3way_valve_dhw": "0",
  booster_heater: "0",
  water_pump: "1",
  room_temp: "20.7",
};

/** A line of the logger at a local time, `2026-02-26 10:00:00`; what is not given is as in steady heating. */
export function pythonRow(time: string, values: Readonly<Record<string, string | number>> = {}): string {
  return columns.map((name) => (name === "timestamp" ? time : String(values[name] ?? usual[name] ?? ""))).join(",");
}

/** Local times of a date, a minute apart from a minute of the day on. */
export function timesFrom(date: string, firstMinute: number, count: number, second = "05"): string[] {
  return Array.from({ length: count }, (_, i) => {
    const minute = firstMinute + i;
    const [hour, rest] = [Math.floor(minute / 60), minute % 60];
    return `${date} ${String(hour).padStart(2, "0")}:${String(rest).padStart(2, "0")}:${second}`;
  });
}

/** A file of lines as the logger ends them; a name for the findings. */
export function csvFile(lines: readonly string[], name = "ecodan_log.csv", end = "\r\n"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, lines.map((line) => `${line}${end}`).join(""));
  return path;
}
