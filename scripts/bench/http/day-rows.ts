import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { figures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";

/** The text of a day's file: heating all day, 60 Wh of heat and 15 Wh of electricity a minute. */
export function dayRows(date: string, zone: Zone): string {
  const none = Object.fromEntries(figures.map((figure) => [figure, 0])) as Minute["figures"];
  const rows = [minutesHeader];
  for (let at = zone.startOf(date); at < zone.endOf(date); at += minuteMs) {
    const heat = { heat_wh: 60, heating_wh: 60, electricity_wh: 15, covered_s: 60, heating_s: 60 };
    const points = { flow_temperature: 35, return_temperature: 30, outdoor_temperature: 4, flow_rate: 17 };
    rows.push(minuteRow({ at, figures: { ...none, ...heat }, points }, zone));
  }
  return `${rows.join("\n")}\n`;
}
