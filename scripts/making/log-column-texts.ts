import { operations } from "@heatloop/core/live/operation";
import type { TransitionKind } from "@heatloop/core/live/transition";
import type { Figure } from "@heatloop/core/minute/figures";
import { roomFeedStates } from "@heatloop/core/room-feed/room-feed";

/** What the page of the log's columns says of a figure: its unit, what it is, what it is made of, and when it is blank. */
type FigureText = { readonly unit: string; readonly meaning: string; readonly from: string; readonly blank: string };

const heatFrom = "flow rate, flow and return temperature, operation";
const heatBlank = "they were never all known in the minute";
const stateFrom = "operation";
const stateBlank = "it was not known at any time in the minute";
const meterFrom = "the electricity meter of the setting `electricity.meter`";

const heatOf = (meaning: string): FigureText => ({ unit: "Wh", meaning, from: heatFrom, blank: heatBlank });
const secondsOf = (meaning: string): FigureText => ({ unit: "s", meaning, from: stateFrom, blank: stateBlank });
const countOf = (meaning: string): FigureText => ({ unit: "", meaning, from: stateFrom, blank: stateBlank });

/** Of each figure of a minute. */
export const figureTexts: Readonly<Record<Figure, FigureText>> = {
  covered_s: {
    unit: "s",
    meaning: "how much of the minute was seen: operation and heat were both known",
    from: heatFrom,
    blank: "never; 0 where nothing was seen",
  },
  heat_wh: heatOf("net heat into the water: the sum of heating, hot water, defrost and standby"),
  electricity_wh: {
    unit: "Wh",
    meaning: "electricity by the heat pump's own counter, in its steps of 100 Wh: most minutes have 0",
    from: "`daily_electricity_kwh`",
    blank: "the counter was not heard of in the minute",
  },
  cooling_wh: heatOf("heat taken out of the house in cooling, counted positive and not in `heat_wh`"),
  heating_wh: heatOf("heat while it heats; frost protection too"),
  hot_water_wh: heatOf("heat while it makes hot water; legionella prevention too"),
  defrost_wh: heatOf("heat that defrosting takes back: negative"),
  standby_wh: heatOf("heat while neither the compressor nor a heater runs"),
  heating_s: secondsOf("time spent heating"),
  hot_water_s: secondsOf("time spent making hot water"),
  cooling_s: secondsOf("time spent cooling"),
  defrost_s: secondsOf("time spent defrosting"),
  standby_s: secondsOf("time in which neither the compressor nor a heater ran"),
  starts: countOf("starts of the compressor"),
  defrosts: countOf("defrosts that began"),
  meter_wh: {
    unit: "Wh",
    meaning: "electricity by the external meter; after a gap of a meter that counts, all of the gap",
    from: meterFrom,
    blank: "there is no meter, or it was not available",
  },
  meter_s: {
    unit: "s",
    meaning: "seconds that `meter_wh` is of: those of the minute, or also those of the gap before it",
    from: meterFrom,
    blank: "as `meter_wh`",
  },
  meter_kwh: {
    unit: "kWh",
    meaning: "state of a meter that counts",
    from: meterFrom,
    blank: "as `meter_wh`, and for a meter that reports power",
  },
  heat_coefficient_kwh_m3_k: {
    unit: "kWh/(m³ K)",
    meaning: "[the formula of the heat](energy/archive.md#the-formula-of-the-heat); 0: a heat meter reported the heat",
    from: "the settings `house.flow_sensor` and `house.glycol_percent`, and the temperatures",
    blank: "there was no heat; rows from before the column existed",
  },
};

/** Of each kind of transition, with the states between which it is. */
export const transitionTexts: Readonly<Record<TransitionKind, { readonly meaning: string; readonly states: string }>> =
  {
    operation: { meaning: "what the heat pump does", states: listed(operations) },
    compressor: { meaning: "the compressor", states: listed(["on", "off"]) },
    hot_water: { meaning: "whether it makes hot water", states: listed(["on", "off"]) },
    defrost: { meaning: "whether it defrosts", states: listed(["on", "off"]) },
    fault: { meaning: "its fault code", states: "`none`, or the code as the heat pump reports it" },
    lockout: { meaning: "the firmware's lock-out after short cycles", states: listed(["on", "off"]) },
    online: { meaning: "whether the heat pump is at the broker", states: listed(["online", "offline"]) },
    room_feed: { meaning: "the [room feed](room-feed.md)", states: listed(roomFeedStates) },
  };

/** Words as a list of code. */
export function listed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}
