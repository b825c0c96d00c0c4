import { quantities } from "@heatloop/core/catalogue/quantities";

/** The suffixes of names of values, the longest first: `flow_rate_l_min` ends with that of litres, not of minutes. */
const units = Object.values(quantities)
  .flatMap(({ suffix, unit }) => (suffix === "" ? [] : [[suffix, unit ?? ""] as const]))
  .sort(([one], [other]) => other.length - one.length);

/** A value's name as the API has it, apart: `flow_temperature_c` is `flow_temperature` in °C. */
export function nameAndUnit(name: string): { readonly id: string; readonly unit: string } {
  const [suffix, unit] = units.find(([each]) => name.endsWith(each)) ?? ["", ""];
  return { id: suffix === "" ? name : name.slice(0, -suffix.length), unit };
}
