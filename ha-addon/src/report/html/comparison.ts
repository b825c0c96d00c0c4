import type { Alternative, CostReport } from "@heatloop/core/cost/cost-report";
import { fill } from "@heatloop/core/text/fill-text";
import type { Writing } from "../writing.ts";
import { note, row, table } from "./parts.ts";

/** The same heat from gas, oil and electricity directly: what each costs, takes and gives off. */
export function comparison({ texts, numbers, money }: Writing, cost: CostReport): string {
  const sameHeat = cost.comparison;
  if (sameHeat === null) return "";
  const ways: readonly (readonly [string, Alternative | null])[] = [
    [texts.gas, sameHeat.gas],
    [texts.oil, sameHeat.oil],
    [texts.directElectric, sameHeat.directElectric],
  ];
  const known = ways.flatMap(([name, way]) => (way === null ? [] : [[name, way] as const]));
  const isCo2Known = [sameHeat.heatPump, ...known.map(([, way]) => way)].some(({ co2Kg }) => co2Kg !== null);
  const co2 = (kg: number | null) => (isCo2Known ? [numbers.decimal(kg, 1)] : []);
  const { heatPump } = sameHeat;
  const rows = [
    row(texts.heatPump, [money.amount(heatPump.cost), "", numbers.kwh(heatPump.electricityWh), ...co2(heatPump.co2Kg)]),
    ...known.map(([name, way]) =>
      row(name, [
        money.amount(way.cost),
        money.amount(way.saving),
        numbers.decimal(way.inputKwh, 1),
        ...co2(way.co2Kg),
      ]),
    ),
  ];
  const head = ["", texts.cost, texts.saving, `${texts.input} kWh`, ...(isCo2Known ? [`${texts.co2} kg`] : [])];
  const basis = { heat: numbers.kwh(sameHeat.heatWh), share: numbers.share(sameHeat.share) };
  return `<div class="whole"><h3>${texts.compared}</h3>${note(fill(texts.comparedNote, basis))}${table(head, rows)}</div>`;
}
