import { type Operation, operations } from "@heatloop/core/live/operation";
import { certifiedRatio, firmwaresCoefficient } from "#test/support/heat-ratio.ts";

const coefficientColumn = "heat_coefficient_kwh_m3_k";
const heatColumns = ["heat_wh", ...operations.map((operation) => `${operation}_wh`)];

/** Minutes as an older program would have logged them, and their heat by IAPWS-97, summed row by row. */
export type OlderLog = { readonly text: string; readonly heatWh: Readonly<Record<Operation, number>> };

/** A file of minutes as it was before rows had their coefficient: heat by the firmware's formula, 1 kg per litre. */
export function asOlderProgram(text: string): OlderLog {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.split(",");
  const place = (name: string) => names.indexOf(name);
  const dropped = place(coefficientColumn);
  const heatWh = Object.fromEntries(operations.map((operation) => [operation, 0])) as Record<Operation, number>;
  const rows = lines.map((line) => {
    const cells = line.split(",");
    const coefficient = Number(cells[dropped]);
    const [flowC, returnC] = [Number(cells[place("flow_temperature_c")]), Number(cells[place("return_temperature_c")])];
    if (coefficient > 0) {
      const factor = firmwaresCoefficient(flowC, returnC) / coefficient;
      for (const name of heatColumns) cells[place(name)] = scaled(cells[place(name)] ?? "", factor);
      const ratio = certifiedRatio(flowC, returnC);
      for (const each of operations) heatWh[each] += Number(cells[place(`${each}_wh`)]) * ratio;
    }
    return cells.filter((_, i) => i !== dropped).join(",");
  });
  const older = [names.filter((_, i) => i !== dropped).join(","), ...rows];
  return { text: `${older.join("\n")}\n`, heatWh };
}

function scaled(cell: string, factor: number): string {
  return cell === "" ? "" : String(Math.round(Number(cell) * factor * 1000) / 1000);
}
