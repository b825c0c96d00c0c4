import type { CardConfig } from "../../home-assistant/config.ts";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { situationColors } from "../../home-assistant/situation.ts";
import type { ValueSource } from "../../home-assistant/value.ts";
import type { RecordedLine } from "../../record/recorded-line.ts";
import type { Texts } from "../../text/languages/english.ts";

/** A line of the view "power": electric power, heat, or the compressor's frequency. */
export type PowerLine = RecordedLine & {
  readonly key: "electricity" | "heat" | "compressor";
  readonly color: string;
};

/** All that the lines may be made of, beside the meter of the card's configuration. */
export const powerEntities = [
  "heat_power",
  "estimated_output_power",
  "electric_power",
  "compressor_frequency",
] as const satisfies readonly HeatPumpEntity[];

const colors = {
  electricity: "var(--energy-grid-consumption-color, #488fc2)",
  heat: situationColors.heating,
  compressor: "var(--secondary-text-color, #727272)",
} as const;

/**
 * The lines that this heat pump has, in the order of the legend. Electricity is what the meter of the card's configuration
 * shows, heat is the firmware's own estimate where Heatloop has none.
 */
export function powerLines(source: ValueSource, config: CardConfig, texts: Texts): readonly PowerLine[] {
  const { states, entities } = source;
  const there = (ids: readonly HeatPumpEntity[]) =>
    ids.map((id) => entities.get(id)).find((entityId) => entityId !== undefined && states[entityId] !== undefined);
  const meter = config.electricPower;
  const electricity = meter === undefined ? there(["electric_power"]) : states[meter]?.entity_id;
  const rows = [
    ["electricity", electricity, texts.electricity, "kW"],
    ["heat", there(["heat_power", "estimated_output_power"]), texts.heat, "kW"],
    ["compressor", there(["compressor_frequency"]), texts.compressor, "Hz"],
  ] as const;
  return rows.flatMap(([key, entityId, name, unit]) =>
    entityId === undefined ? [] : [{ key, entityId, name, unit, decimals: unit === "kW" ? 2 : 0, color: colors[key] }],
  );
}
