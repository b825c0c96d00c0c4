import { shownValue, valueAt } from "../home-assistant/value.ts";
import type { Glance } from "../look/view.ts";
import { relativeName } from "../range/date-range.ts";

const follows = ["today_electricity", "today_heat", "today_cop", "today_starts"] as const;

/** Today's energy and starts, in place of a chart with its ranges and totals. */
export const energyGlance = {
  upToRows: 4,
  follows,
  of: (input) => relativeName(0, "day", input),
  figures({ hass, heatPump, formats, texts }) {
    const source = { states: hass.states, entities: heatPump.entities };
    const figure = (id: (typeof follows)[number], label: string, decimals: number) => {
      const value = valueAt(source, id);
      return value.kind === "missing" ? [] : [{ label, ...shownValue(value, decimals, formats, texts) }];
    };
    return [
      ...figure("today_electricity", texts.electricity, 1),
      ...figure("today_heat", texts.heat, 1),
      ...figure("today_cop", texts.cop, 2),
      ...figure("today_starts", texts.starts, 0),
    ];
  },
} as const satisfies Glance;

/** The same for a view whose first rows show something whole. */
export const cyclesGlance = { ...energyGlance, upToRows: 3 } as const satisfies Glance;

/** The same for a list of which three rows show something whole. */
export const downloadsGlance = { ...energyGlance, upToRows: 2 } as const satisfies Glance;
