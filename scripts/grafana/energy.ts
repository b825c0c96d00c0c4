import type { Described } from "./dashboard.ts";
import { electricityWh, overDays, overRange, overSeenDays, overWholeDays, unseenOfDays } from "./influxql.ts";
import { byMonth, copOfMonth, copOfRange } from "./months.ts";
import { barsBy, chart, figure, table } from "./panels.ts";

const wholeDays =
  "Of days that were seen to the end (at most three minutes are missing) and on which the immersion heater was off. On other days the report leaves out what has one side only, which a query cannot, so they are blank here.";
const uses = ["Heating", "Hot water", "Defrost", "Standby", "Cooling"] as const;

const heatOfUses = {
  Heating: '"heating" / 1000',
  "Hot water": '"hot_water" / 1000',
  Defrost: '"defrost" / 1000',
  Standby: '"standby" / 1000',
  Cooling: '"cooling" / 1000',
};
const sumsOfUses = {
  heating: 'sum("heating_wh")',
  hot_water: 'sum("hot_water_wh")',
  defrost: 'sum("defrost_wh")',
  standby: 'sum("standby_wh")',
  cooling: 'sum("cooling_wh")',
};
const bothSides = { heat: '"heat" / 1000', electricity: '"electricity" / 1000' };

export const energy: Described = {
  uid: "heatloop-energy",
  title: "Heatloop: energy",
  description: "Heat, electricity and COP per day and per month. This fiscal year is the heating year from July on.",
  from: "now-30d/d",
  refresh: "5m",
  sections: [
    {
      title: "The whole range",
      panels: [
        figure({
          title: "Heat",
          name: "Heat",
          description:
            "Net heat into the water, less what defrosts took back, without cooling: the report's heat of this range.",
          query: overRange({ Heat: 'sum("heat_wh") / 1000' }),
          unit: "kwatth",
          wide: 6,
          decimals: 1,
        }),
        figure({
          title: "Electricity",
          name: "Electricity",
          description:
            "What was counted: the report's electricity of this range. Its best estimate, with what was missed, is in the report only.",
          query: overRange({ Electricity: `${electricityWh} / 1000` }),
          unit: "kwatth",
          wide: 6,
          decimals: 1,
        }),
        figure({
          title: "COP of whole days",
          name: "COP",
          description: `Sum of heat and cold over sum of electricity, never a mean of COPs. ${wholeDays}`,
          query: overWholeDays({ heat: '"heat"', electricity: '"electricity"' }),
          unit: "none",
          wide: 6,
          decimals: 2,
          made: copOfRange,
        }),
        figure({
          title: "Cooling",
          name: "Cooling",
          description: "Heat taken out of the house, counted positive and not in the heat.",
          query: overRange({ Cooling: 'sum("cooling_wh") / 1000' }),
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
          title: "Heat by use per day",
          description:
            "The heat of each local day by what it was for, as the report has it; a defrost takes heat back and is below zero. A day of which less than a minute was seen is blank.",
          query: overSeenDays(heatOfUses, sumsOfUses),
          unit: "kwatth",
          wide: 24,
          decimals: 1,
          drawn: "stack",
          names: uses,
        }),
        chart({
          title: "Electricity per day",
          description:
            "What was counted on each local day: the report's electricity of that day. What was used while the heat pump or Heatloop was away is counted by its counter when it is back, maybe on the next day. The report divides it by use too, which needs each minute's load.",
          query: overDays({ Electricity: `${electricityWh} / 1000` }),
          unit: "kwatth",
          wide: 12,
          decimals: 1,
          drawn: "bars",
          names: ["Electricity"],
        }),
        chart({
          title: "COP per day",
          description: `Heat and cold over electricity. ${wholeDays}`,
          query: overWholeDays({ COP: '"heat" / "electricity"' }),
          unit: "none",
          wide: 12,
          decimals: 2,
          drawn: "points",
          names: ["COP"],
        }),
        table({
          title: "Days",
          description:
            "The same as rows. Seen: the share of the day of which heat and operation were known, by the report's coverage.",
          query: overDays({
            Heat: 'sum("heat_wh") / 1000',
            Electricity: `${electricityWh} / 1000`,
            Heating: 'sum("heating_wh") / 1000',
            "Hot water": 'sum("hot_water_wh") / 1000',
            Defrost: 'sum("defrost_wh") / 1000',
            Starts: 'sum("starts")',
            Defrosts: 'sum("defrosts")',
            Seen: 'sum("covered_s")',
          }),
          unit: "kwatth",
          wide: 24,
          decimals: 1,
          units: { Time: "time:YYYY-MM-DD", Starts: "none", Defrosts: "none", Seen: "s" },
          decimalsOf: { Starts: 0, Defrosts: 0 },
        }),
      ],
    },
    {
      title: "Per month",
      panels: [
        barsBy({
          title: "Heat and electricity per month",
          description: "The days of each month added up. The first and the last month are of the days in the range.",
          query: overDays({ heat: 'sum("heat_wh") / 1000', electricity: `${electricityWh} / 1000` }),
          unit: "kwatth",
          wide: 12,
          decimals: 0,
          by: "Month",
          names: ["Heat", "Electricity"],
          made: byMonth({ heat: "Heat", electricity: "Electricity" }),
        }),
        table({
          title: "COP per month",
          description: `Sum of heat and cold over sum of electricity. ${wholeDays} The two sides are of those days alone.`,
          query: overWholeDays({ ...bothSides, days: '"days"' }),
          unit: "kwatth",
          wide: 12,
          high: 8,
          decimals: 1,
          units: { COP: "none", Days: "none" },
          decimalsOf: { COP: 2, Days: 0 },
          made: byMonth({ heat: "Heat", electricity: "Electricity", days: "Days" }, [copOfMonth]),
        }),
      ],
    },
    {
      title: "What is missing",
      panels: [
        chart({
          title: "Not seen per day",
          description:
            "Time of each local day of which heat or operation was not known. Without it, what the figures above are of.",
          query: unseenOfDays({ "Not seen": '"all_s" - "seen_s"' }),
          unit: "s",
          wide: 24,
          drawn: "bars",
          names: ["Not seen"],
        }),
      ],
    },
  ],
};
