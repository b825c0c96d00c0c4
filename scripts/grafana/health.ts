import type { Described } from "./dashboard.ts";
import { changes, changesOfDays, overRange, overSteps, unseenOfDays } from "./influxql.ts";
import { bands, chart, figure, table } from "./panels.ts";

const fromTo = { From: '"from"', To: '"to"', Lasted: '"duration_s"' };
const newestFirst = "ORDER BY time DESC LIMIT 500";

export const health: Described = {
  uid: "heatloop-health",
  title: "Heatloop: health",
  description: "How much was seen, what is missing, faults, and the connection of the ESP32.",
  from: "now-30d/d",
  refresh: "5m",
  sections: [
    {
      title: "The whole range",
      panels: [
        figure({
          title: "Seen",
          name: "Seen",
          description: "Time of which heat and operation were both known: the report's covered time of this range.",
          query: overRange({ Seen: 'sum("covered_s")' }),
          unit: "s",
          wide: 6,
        }),
        figure({
          title: "Minutes logged",
          name: "Rows",
          description: "Rows of the log: one a minute while Heatloop ran, whether or not the heat pump was online.",
          query: overRange({ Rows: 'count("covered_s")' }),
          unit: "none",
          wide: 6,
          decimals: 0,
        }),
        figure({
          title: "Faults",
          name: "Offline",
          description: "How often a fault code came up, or became another one.",
          query: changes({ selected: { Offline: 'sum("changed")' }, what: "fault", where: `"to" != 'none'` }),
          unit: "none",
          wide: 6,
          decimals: 0,
        }),
        figure({
          title: "Weakest Wi-Fi",
          name: "Weakest",
          description: "The lowest mean of a minute. Below -80 dBm connections break.",
          query: overRange({ Weakest: 'min("wifi_signal_dbm")' }),
          unit: "dBm",
          wide: 6,
          decimals: 0,
        }),
      ],
    },
    {
      title: "Per day",
      panels: [
        chart({
          title: "Seen per day",
          description: "Time of each local day of which heat and operation were both known: the report's covered time.",
          query: unseenOfDays({ Seen: '"seen_s"' }),
          unit: "s",
          wide: 12,
          drawn: "bars",
          names: ["Seen"],
        }),
        chart({
          title: "Missing per day",
          description:
            "Not seen: time of each local day that is missing in the figures, of 23 or 25 hours where the clocks change. No row: that part of it in which Heatloop logged nothing. A day that runs is counted up to now, so its newest minutes may be missing until they are sent.",
          query: unseenOfDays({ "Not seen": '"all_s" - "seen_s"', "No row": '"all_s" - "rows" * 60' }),
          unit: "s",
          wide: 12,
          drawn: "bars",
          names: ["Not seen", "No row"],
        }),
        chart({
          title: "Offline per day",
          description: "How long the heat pump was offline at the broker, on the day on which it came back.",
          query: changesOfDays({ Offline: 'sum("duration_s")' }, "online", `"to" = 'online'`),
          unit: "s",
          wide: 12,
          drawn: "bars",
          names: ["Offline"],
        }),
        chart({
          title: "Wi-Fi signal",
          description: "Mean of each step, and its weakest minute.",
          query: overSteps({ "Wi-Fi": 'mean("wifi_signal_dbm")', Weakest: 'min("wifi_signal_dbm")' }),
          unit: "dBm",
          wide: 12,
          decimals: 0,
          step: "5m",
          names: ["Wi-Fi", "Weakest"],
        }),
      ],
    },
    {
      title: "States",
      panels: [
        bands({
          title: "Online at the broker",
          description: "From each change to the next one; blank before the first change in the range.",
          query: changes({ selected: { State: '"to"' }, what: "online" }),
          unit: "string",
          wide: 24,
          alias: "Heat pump",
        }),
        bands({
          title: "Fault code",
          description: "As the heat pump reports it, at the end of each step.",
          query: overSteps({ Fault: 'last("fault_code")' }),
          unit: "string",
          wide: 24,
          alias: "$col",
          step: "1m",
        }),
        table({
          title: "Faults and connections",
          description: "The last 500 changes of the fault code and of the connection, the newest first.",
          query: `${changes({ selected: { What: '"what"', ...fromTo }, where: `("what" = 'fault' OR "what" = 'online')` })} ${newestFirst}`,
          unit: "s",
          wide: 24,
        }),
      ],
    },
  ],
};
