import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const header = [
  "time",
  "covered_s",
  "heat_wh",
  "electricity_wh",
  "heating_wh",
  "heating_s",
  "compressor_s",
  "flow_temperature_c",
  "return_temperature_c",
  "flow_rate_l_min",
  "daily_electricity_kwh",
  "heating_electricity_yesterday_kwh",
  "heating_heat_yesterday_kwh",
  "dhw_electricity_yesterday_kwh",
  "dhw_heat_yesterday_kwh",
].join(",");

/**
 * The archive of a heat pump `p` that heats through 10 and 11 November 2026 in Rome at 15 L/min and 35/30 °C: 125,194 Wh
 * of heat at 1 kg/L and 28,800 Wh a day, COP 4.35; the controller reported 29.1 kWh and 130 kWh of the 10th. Where
 * `flowLMin` is 0 no flow is measured, where `countsNothing` the electricity counter stays at 0. `edit` changes a day's
 * file as a person would. Returns its folder.
 */
export function steadyArchive(
  parts: {
    readonly flowLMin?: number;
    readonly countsNothing?: boolean;
    readonly edit?: (text: string, day: number) => string;
  } = {},
): string {
  const { flowLMin = 15, countsNothing = false, edit = (text: string) => text } = parts;
  const folder = temporaryFolder();
  const year = join(folder, "p", "2026");
  mkdirSync(year, { recursive: true });
  const heatWh = flowLMin === 0 ? 0 : 86.94;
  for (const day of [10, 11]) {
    const rows = Array.from({ length: 1440 }, (_, minute) => {
      const time = `2026-11-${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00+01:00`;
      const stepWh = countsNothing || minute % 5 !== 4 ? 0 : 100;
      const kwh = countsNothing ? 0 : Math.floor((minute + 1) / 5) / 10;
      return [time, 60, heatWh, stepWh, heatWh, 60, 60, 35, 30, flowLMin, kwh, 28 + day / 10, 130, 0, 0].join(",");
    });
    writeFileSync(join(year, `2026-11-${day}.csv`), edit(`${[header, ...rows].join("\n")}\n`, day));
  }
  return folder;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
