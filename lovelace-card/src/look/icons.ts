import { svg } from "lit";
import type { Situation } from "../home-assistant/situation.ts";

const snowflake =
  "M12 3v18M4.200 7.500l15.600 9M19.800 7.500l-15.600 9M9.700 4.700 12 7l2.300-2.300M9.700 19.300 12 17l2.300 2.300";
const triangle = "M12 4 2.800 20h18.400zM12 10v4.500M12 17.200v.01";

const paths = {
  heating:
    "M12 2.500c1 4 5.500 6 5.500 11.500a5.500 5.500 0 0 1-11 0c0-2.800 1.300-4.300 2.700-5.800.4 1.600 1 2.300 1.700 2.800.2-3-.2-5.800 1.100-8.500z",
  hot_water:
    "M12 3c3.200 4.300 5.500 7.300 5.500 11a5.500 5.500 0 0 1-11 0c0-3.700 2.300-6.700 5.500-11zM9.300 14.500a2.700 2.700 0 0 0 2.700 2.700",
  cooling: snowflake,
  defrost: snowflake,
  standby: "M9 6.500v11M15 6.500v11",
  unknown: "M9 9.300a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.700v.01",
  offline: "M12 4a8 8 0 1 0 .01 0M6.500 6.500l11 11",
  error: triangle,
  warning: triangle,
  info: "M12 3.500a8.500 8.500 0 1 0 .01 0M12 11v5M12 8v.01",
  minus: "M6 12h12",
  plus: "M6 12h12M12 6v12",
} as const satisfies Record<Situation, string> & Record<string, string>;

export type Icon = keyof typeof paths;

/** A line drawing in the colour of the text around it; it says nothing to a screen reader. */
export function icon(name: Icon) {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;
}
