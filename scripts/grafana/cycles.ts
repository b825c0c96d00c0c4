import type { Described } from "./dashboard.ts";
import { changes, overDays, overRange, overSeenDays } from "./influxql.ts";
import { operationTimes } from "./operation-times.ts";
import { chart, figure, table } from "./panels.ts";

export const cycles: Described = {
  uid: "heatloop-cycles",
  title: "Heatloop: cycles and defrosts",
  description: "How often the compressor starts and defrosts, and for how long it runs.",
  from: "now-30d/d",
  refresh: "5m",
  sections: [
    {
      title: "The whole range",
      panels: [
        figure({
          title: "Starts",
          name: "Starts",
          description:
            "Starts of the compressor: the report's figure of this range. A start while nothing was known is in none.",
          query: overRange({ Starts: 'sum("starts")' }),
          unit: "none",
          wide: 6,
          decimals: 0,
        }),
        figure({
          title: "Defrosts",
          name: "Defrosts",
          description: "Defrosts that began: the report's figure of this range.",
          query: overRange({ Defrosts: 'sum("defrosts")' }),
          unit: "none",
          wide: 6,
          decimals: 0,
        }),
        figure({
          title: "Compressor time",
          name: "Compressor",
          description: "How long the compressor ran, as far as it was known: the report's figure of this range.",
          query: overRange({ Compressor: 'sum("compressor_s")' }),
          unit: "s",
          wide: 6,
        }),
        figure({
          title: "Heat taken by defrosts",
          name: "Defrost",
          description: "Heat that defrosts took back, below zero: the report's heat of the defrosts in this range.",
          query: overRange({ Defrost: 'sum("defrost_wh") / 1000' }),
          unit: "kwatth",
          wide: 6,
          decimals: 1,
        }),
      ],
    },
    {
      title: "Per day",
      panels: [
        chart({
          title: "Starts per day",
          description: "Starts of the compressor on each local day, as the report counts them.",
          query: overDays({ Starts: 'sum("starts")' }),
          unit: "none",
          wide: 12,
          decimals: 0,
          drawn: "bars",
          names: ["Starts"],
        }),
        chart({
          title: "Defrosts per day",
          description: "Defrosts that began on each local day, as the report counts them.",
          query: overDays({ Defrosts: 'sum("defrosts")' }),
          unit: "none",
          wide: 12,
          decimals: 0,
          drawn: "bars",
          names: ["Defrosts"],
        }),
        chart({
          title: "Compressor time per day",
          description: "How long the compressor ran on each local day, as far as it was known: the report's run time.",
          query: overDays({ Compressor: 'sum("compressor_s")' }),
          unit: "s",
          wide: 12,
          drawn: "bars",
          names: ["Compressor"],
        }),
        chart({
          title: "Heat taken by defrosts per day",
          description: "Heat that defrosts took back on each local day; below zero.",
          query: overSeenDays({ Defrost: '"defrost" / 1000' }, { defrost: 'sum("defrost_wh")' }),
          unit: "kwatth",
          wide: 12,
          decimals: 1,
          drawn: "bars",
          names: ["Defrost"],
        }),
        chart({
          title: "What it did per day",
          description:
            "Time of each local day by what the heat pump did. What is missing up to the whole day was not known.",
          query: overDays(operationTimes),
          unit: "s",
          wide: 24,
          drawn: "stack",
          names: Object.keys(operationTimes),
        }),
      ],
    },
    {
      title: "Each of them",
      panels: [
        chart({
          title: "Length of each run",
          description:
            "A point for each run of the compressor, where it ended. Runs whose beginning was not seen have no length and are left out. A run is from a start of the compressor to its stop; the report's cycles say why it stopped, too.",
          query: changes({ selected: { Compressor: '"duration_s"' }, what: "compressor", where: `"to" = 'off'` }),
          unit: "s",
          wide: 12,
          drawn: "points",
          names: ["Compressor"],
        }),
        chart({
          title: "Length of each defrost",
          description: "A point for each defrost, where it ended. Defrosts whose beginning was not seen are left out.",
          query: changes({ selected: { Defrost: '"duration_s"' }, what: "defrost", where: `"to" = 'off'` }),
          unit: "s",
          wide: 12,
          drawn: "points",
          names: ["Defrost"],
        }),
        table({
          title: "Changes of operation",
          description:
            "The last 500 changes of what the heat pump does, the newest first, with how long the state before lasted.",
          query: `${changes({
            selected: {
              From: '"from"',
              To: '"to"',
              Lasted: '"duration_s"',
              Flow: '"flow_temperature_c"',
              Return: '"return_temperature_c"',
              Outdoor: '"outdoor_temperature_c"',
            },
            what: "operation",
          })} ORDER BY time DESC LIMIT 500`,
          unit: "celsius",
          wide: 24,
          units: { Lasted: "s" },
        }),
      ],
    },
  ],
};
