import { randomUUID } from "node:crypto";
import type { Telemetry } from "@heatloop/core/hub/telemetry";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { isoAt } from "@heatloop/core/time/local-day";
import { numberMarks, type TenantName, wordOf } from "./marked-words.ts";

const rows = 20;

/** What a node of a tenant sends: rows that can be stored, some that can't, and the tenant's word and number in them. */
export function markedTelemetry(name: TenantName, now: number, device = `pump-${wordOf(name)}`): Telemetry {
  const times = Array.from({ length: rows }, (_, i) =>
    isoAt(now - (i < rows / 2 ? dayMs : 0) - (rows - i) * minuteMs, 0),
  );
  const minutes = times.map((time) => `${time},60,50,20,${numberMarks[name]},4.5,${wordOf(name)}`);
  const transitions = times.slice(0, 3).map((time) => `${time},fault,,${wordOf(name)},,1`);
  return {
    devices: [
      {
        device,
        time_zone: "UTC",
        minutes: [
          "time,covered_s,heat_wh,electricity_wh,meter_kwh,outdoor_temperature_c,note",
          ...minutes,
          wordOf(name),
        ].join("\n"),
        days: [2, 3].map((before) => ({
          ...{
            date: isoAt(now - before * dayMs, 0).slice(0, 10),
            made_at: new Date(now).toISOString(),
            seconds: 86_400,
          },
          ...{
            heat_wh: 90,
            cooling_wh: null,
            electricity_wh: 9,
            cop: numberMarks[name],
            cop_heat_wh: 90,
            cop_electricity_wh: 9,
          },
          ...{ covered_s: 86_400, complete: true, starts: 3, defrosts: 0 },
          cost: {
            ...{ currency: "EUR", cost: null, known_cost: null, standing_charge: numberMarks[name] },
            ...{ total_cost: null, known_total_cost: null },
          },
        })),
        transitions: ["time,what,from,to,duration_s,zone", ...transitions].join("\n"),
      },
    ],
    events: [device, device, null].map((of, i) => ({
      id: randomUUID(),
      at: new Date(now - (i + 1) * minuteMs).toISOString(),
      kind: "alert_raised",
      device: of,
      context: { rule: wordOf(name), figure: numberMarks[name] },
    })),
  };
}
