import type { Chart } from "../../chart/chart.ts";
import { type RecordParts, recordChart } from "../../record/record-chart.ts";
import type { TemperatureLine } from "./temperature-lines.ts";

export type TemperatureParts = Pick<
  RecordParts<TemperatureLine>,
  "record" | "lines" | "span" | "home" | "now" | "formats" | "texts" | "label"
> & { readonly unit: string };

/** The lines and stripes of a span as the chart takes them. */
export function temperatureChart({ unit, ...parts }: TemperatureParts): Chart {
  const { formats, texts, label } = parts;
  return recordChart({
    ...parts,
    label: `${label}, ${unit}`,
    left: {
      show: (value) => `${formats.number(value, 1)} ${unit}`,
      tick: formats.number,
      unit,
      least: unit === "°F" ? 9 : 5,
    },
    bands: ["hot_water", "defrost", "lockout"],
    look: ({ key, name, color, setpoint }) => ({
      key: setpoint ? "setpoints" : key,
      name,
      color,
      scale: "left",
      ...(setpoint && { dashed: true, off: true, legend: texts.setpoints }),
    }),
  });
}
