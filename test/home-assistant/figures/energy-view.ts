import type { Locator } from "playwright-core";
import { type FigureName, type Figures, figureNames } from "./figure.ts";

/** The energy view of the card or of the page, in English. */
export type EnergyView = {
  /** Shows a unit of time, so many before the present one. */
  choose(unit: "Day" | "Month" | "Year", back: number): Promise<void>;
  /** The figures of the whole range, above the chart. */
  whole(): Promise<Figures>;
  /** The figures of the row of the table whose first cell has this text as words of its own. */
  row(words: string): Promise<Figures>;
};

const labels: Readonly<Record<FigureName, string>> = {
  electricity: "Electricity",
  heat: "Heat",
  cop: "COP",
  cost: "Cost",
  electricity_heating: "Electricity: Heating",
  electricity_hot_water: "Electricity: Hot water",
  heat_heating: "Heat: Heating",
  heat_hot_water: "Heat: Hot water",
};

/** Reads and changes the view below `place`. */
export function energyView(place: Locator): EnergyView {
  const view = place.locator("heatloop-energy");
  const button = (name: string) => view.getByRole("button", { name, exact: true });
  return {
    async choose(unit, back) {
      await button(unit).click();
      const now = view.locator("button.now");
      if ((await now.count()) > 0) await now.click();
      for (let step = 0; step < back; step++) await view.locator("button.arrow").first().click();
    },
    async whole() {
      const terms = await view.locator("dl.figures dt").allInnerTexts();
      const values = await view.locator("dl.figures dd.value").allInnerTexts();
      return named((label) => values[placeOf(label, terms)]);
    },
    async row(words) {
      if ((await view.getByRole("table").count()) === 0) await button("Table").click();
      const head = await view.getByRole("columnheader").allInnerTexts();
      const rows = await view.getByRole("row").all();
      for (const row of rows) {
        const cells = await row.locator("th, td").allInnerTexts();
        if (new RegExp(`\\b${words}\\b`).test(cells[0] ?? "")) return named((label) => cells[placeOf(label, head)]);
      }
      return {};
    },
  };
}

/** A cost of a range that is not known everywhere says so in its name. */
function placeOf(label: string, texts: readonly string[]): number {
  return texts.findIndex((text) => text === label || text === `${label}, known part`);
}

function named(textOf: (label: string) => string | undefined): Figures {
  const entries = figureNames.map((name) => [name, textOf(labels[name])] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined));
}
