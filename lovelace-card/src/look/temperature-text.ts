import type { Formats } from "../home-assistant/formats.ts";
import type { Hass } from "../home-assistant/hass.ts";

/** A temperature of the app (°C) in the unit of this home. */
export function temperatureIn(unit: string, celsius: number): number {
  return unit === "°F" ? celsius * 1.8 + 32 : celsius;
}

/** A temperature (°C) as the home has it: `35 °C`. */
export function temperatureText(
  celsius: number,
  decimals: number,
  { hass, formats }: { readonly hass: Pick<Hass, "config">; readonly formats: Formats },
): string {
  const unit = hass.config.unit_system.temperature;
  return `${formats.number(temperatureIn(unit, celsius), decimals)}\u00a0${unit}`;
}
