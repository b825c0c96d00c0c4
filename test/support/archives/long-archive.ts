import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween } from "@heatloop/core/time/local-day";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { namedZone } from "./archive-folder.ts";

const utc = namedZone("UTC");

/** Long enough for a string to be a piece of the text that it is cut from. */
const settings = {
  zone_1_operating_mode: "heat_flow_temperature",
  room_source_zone_1: "room_thermostat",
  zone_1_room_setpoint: 20.5,
  dhw_setpoint: 48,
};

/** Writes whole days, in UTC and all alike, into `<archive>/<device>`: half a megabyte each, as real ones have. */
export function writeLongArchive(archive: string, device: string, from: string, to: string): readonly string[] {
  const dates = datesBetween(from, to);
  const text = dayText(from);
  for (const date of dates) {
    const folder = join(archive, device, date.slice(0, 4));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${date}.csv`), text.replaceAll(from, date));
  }
  return dates;
}

function dayText(date: string): string {
  const startAt = utc.startOf(date);
  const rows = Array.from({ length: 1440 }, (_, i) => {
    const at = startAt + i * minuteMs;
    const isOn = i % 120 < 90;
    const temperatures = { flow_temperature: 31 + (i % 7) / 8, return_temperature: 28.125, outdoor_temperature: 4 };
    const minute = isOn
      ? wholeMinute(at, "heating", { heatWh: 86.125 + (i % 11) / 8, electricityWh: i % 5 === 4 ? 100 : 0 })
      : wholeMinute(at, "standby", { heatWh: 0, electricityWh: 0 });
    const figures = { ...minute.figures, starts: i % 120 === 0 ? 1 : 0 };
    return minuteRow({ at, figures, points: { ...minute.points, ...temperatures, ...settings } }, utc);
  });
  // As wide as with a heat pump that publishes everything.
  return `${[`${minutesHeader},remark`, ...rows.map((row) => `${row},${"-".repeat(150)}`)].join("\n")}\n`;
}
