import { z } from "zod";

export type TemperatureUnit = "°C" | "°F";

export type HomeAssistantConfig = {
  readonly timeZone: string;
  readonly temperatureUnit: TemperatureUnit;
  /** ISO 639-1, perhaps with a region: de, pt-BR. */
  readonly language: string;
};

const answeredConfig = z.object({
  time_zone: z.string(),
  language: z.string().default("en"),
  unit_system: z.object({ temperature: z.enum(["°C", "°F"]) }),
});

/** Home Assistant's answer to `get_config`; throws where it is something else. */
export function configOf(answer: unknown): HomeAssistantConfig {
  const { time_zone: timeZone, unit_system: units, language } = answeredConfig.parse(answer);
  return { timeZone, temperatureUnit: units.temperature, language };
}
