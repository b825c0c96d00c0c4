import type { Chart } from "../../chart/chart.ts";
import { type RecordParts, recordChart } from "../../record/record-chart.ts";
import { copAt } from "./power-cop.ts";
import type { PowerLine } from "./power-lines.ts";

export type PowerParts = Omit<RecordParts<PowerLine>, "left" | "right" | "bands" | "look" | "notesAt">;

/** Powers on the left, the compressor in a strip of its own with its axis on the right, and all that the heat pump did. */
export function powerChart(parts: PowerParts): Chart {
  const { record, lines, formats, texts, label } = parts;
  const seriesOf = (key: PowerLine["key"]) => {
    const line = lines.find((each) => each.key === key);
    return line && record.series(line);
  };
  return recordChart({
    ...parts,
    label: `${label}, kW`,
    left: {
      show: (value) => `${formats.number(value, 2)} kW`,
      tick: formats.number,
      unit: "kW",
      fromZero: true,
      least: 0.5,
    },
    right: {
      show: (value) => `${formats.number(value, 0)} Hz`,
      tick: (value) => formats.number(value, 0),
      unit: "Hz",
      fromZero: true,
      least: 20,
      above: true,
    },
    bands: ["standby", "heating", "hot_water", "cooling", "defrost", "lockout", "not_seen"],
    look: ({ key, name, color }) => ({ key, name, color, scale: key === "compressor" ? "right" : "left" }),
    notesAt(at, _, day) {
      const [heat, electricity] = [seriesOf("heat"), seriesOf("electricity")];
      const cop = heat && electricity && copAt({ heat, electricity }, record, at, day);
      return cop === undefined ? [] : [`${texts.cop} ${formats.number(cop, 1)}`];
    },
  });
}
