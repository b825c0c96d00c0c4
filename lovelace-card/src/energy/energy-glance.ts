import { shownValue, valueAt } from "../home-assistant/value.ts";
import type { Glance } from "../look/view.ts";
import { relativeName } from "../range/date-range.ts";

const follows = ["today_electricity", "today_heat", "today_cop", "today_starts", "today_defrosts"] as const;

/** Today's energy, starts and defrosts. */
export const energyGlance = {
  upToRows: 3,
  follows,
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
      ...figure("today_defrosts", texts.defrost, 0),
    ].map((each, index) =>
      index === 0 ? { ...each, label: `${relativeName(0, "day", formats.language)}: ${each.label}` } : each,
    );
  },
} as const satisfies Glance;
