import type { Described } from "./dashboard.ts";
import { electricityWh, overRange, overSteps, overWholeToday } from "./influxql.ts";
import { operationTimes } from "./operation-times.ts";
import { chart, figure } from "./panels.ts";

const newest =
  "The newest value of the last ten minutes; a dash where there is none, as when the heat pump is offline. In a range that has both ends set it is the last value of that range.";
const sameAsReport = "As the report of Heatloop has it for today.";

function now(title: string, column: string, unit: string, name = title) {
  const query = overRange({ [name]: `last("${column}")` });
  return figure({ title, name, description: newest, query, unit, wide: 4, range: "now-10m", decimals: 1 });
}

export const overview: Described = {
  uid: "heatloop-overview",
  title: "Heatloop: overview",
  description: "What the heat pump does now, and today.",
  from: "now/d",
  refresh: "1m",
  sections: [
    {
      title: "Now",
      panels: [
        now("Flow", "flow_temperature_c", "celsius"),
        now("Return", "return_temperature_c", "celsius"),
        now("Outdoor", "outdoor_temperature_c", "celsius"),
        now("Hot water tank", "dhw_temperature_c", "celsius"),
        now("Compressor", "compressor_frequency_hz", "hertz"),
        figure({
          title: "Operation mode",
          name: "Mode",
          description: `The controller's own mode. ${newest}`,
          query: overRange({ Mode: 'last("operation_mode")' }),
          unit: "string",
          wide: 4,
          range: "now-10m",
          words: true,
        }),
      ],
    },
    {
      title: "Today",
      panels: [
        figure({
          title: "Heat today",
          name: "Heat",
          description: `Net heat into the water, less what defrosts took back, without cooling. ${sameAsReport}`,
          query: overRange({ Heat: 'sum("heat_wh") / 1000' }),
          unit: "kwatth",
          wide: 4,
          range: "now/d",
          decimals: 1,
        }),
        figure({
          title: "Electricity today",
          name: "Electricity",
          description: `What the heat pump's counter, in its steps of 0.1 kWh, or the external meter counted. ${sameAsReport}`,
          query: overRange({ Electricity: `${electricityWh} / 1000` }),
          unit: "kwatth",
          wide: 4,
          range: "now/d",
          decimals: 1,
        }),
        figure({
          title: "COP today",
          name: "COP",
          description:
            "Heat and cold over electricity, where the day so far has both sides: at most three minutes are missing and the immersion heater was off. Else a dash: the report then leaves out what has one side only, which a query cannot.",
          query: overWholeToday({ COP: '"heat" / "electricity"' }),
          unit: "none",
          wide: 4,
          range: "now/d",
          decimals: 2,
        }),
        figure({
          title: "Starts today",
          name: "Starts",
          description: `Starts of the compressor. ${sameAsReport}`,
          query: overRange({ Starts: 'sum("starts")' }),
          unit: "none",
          wide: 4,
          range: "now/d",
          decimals: 0,
        }),
        figure({
          title: "Defrosts today",
          name: "Defrosts",
          description: `Defrosts that began. ${sameAsReport}`,
          query: overRange({ Defrosts: 'sum("defrosts")' }),
          unit: "none",
          wide: 4,
          range: "now/d",
          decimals: 0,
        }),
        figure({
          title: "Seen today",
          name: "Seen",
          description: "Time of today of which heat and operation were both known: `covered_s` of the report's day.",
          query: overRange({ Seen: 'sum("covered_s")' }),
          unit: "s",
          wide: 4,
          range: "now/d",
        }),
      ],
    },
    {
      title: "Over time",
      panels: [
        chart({
          title: "Temperatures",
          description: "Means of each step. A gap is a time that was not known, or a sensor that is not fitted.",
          query: overSteps({
            Flow: 'mean("flow_temperature_c")',
            Return: 'mean("return_temperature_c")',
            "Hot water tank": 'mean("dhw_temperature_c")',
            Outdoor: 'mean("outdoor_temperature_c")',
            "Flow set-point": 'mean("zone_1_flow_setpoint_c")',
          }),
          unit: "celsius",
          wide: 24,
          decimals: 1,
          step: "1m",
          names: ["Flow", "Return", "Hot water tank", "Outdoor", "Flow set-point"],
        }),
        chart({
          title: "Heat power",
          description:
            "Heat of each step over the time of it that was seen; below zero is what a defrost takes back. Cooling is counted positive.",
          query: overSteps({
            Heat: 'sum("heat_wh") * 3600 / sum("covered_s")',
            Cooling: 'sum("cooling_wh") * 3600 / sum("covered_s")',
          }),
          unit: "watt",
          wide: 12,
          decimals: 0,
          step: "5m",
          names: ["Heat", "Cooling"],
        }),
        chart({
          title: "Compressor frequency",
          description: "Mean frequency of each step; 0 while it stands.",
          query: overSteps({ Compressor: 'mean("compressor_frequency_hz")' }),
          unit: "hertz",
          wide: 12,
          decimals: 0,
          step: "1m",
          names: ["Compressor"],
        }),
        chart({
          title: "What it did",
          description:
            "Time of each step by what the heat pump did. What is missing up to the whole step was not known.",
          query: overSteps(operationTimes),
          unit: "s",
          wide: 24,
          step: "15m",
          drawn: "stack",
          names: Object.keys(operationTimes),
        }),
      ],
    },
  ],
};
