/** What one and the same figure is called here: kWh of a side or of a use of it, a COP, or an amount of money. */
export const figureNames = [
  "electricity",
  "heat",
  "cop",
  "cost",
  "electricity_heating",
  "electricity_hot_water",
  "heat_heating",
  "heat_hot_water",
] as const;
export type FigureName = (typeof figureNames)[number];

/** The figures of a period as one place has them; those that it doesn't show are left out. */
export type Figures = Readonly<Partial<Record<FigureName, string>>>;

/** The figures as they are, before any place rounds them. */
export type ExactFigures = Readonly<Record<FigureName, number>>;

/**
 * What of a place's figures is not the exact one, rounded to as many decimals as the place shows; what it lacks of
 * `wanted` too.
 */
export function disagreements(exact: ExactFigures, shown: Figures, wanted: readonly FigureName[]): string[] {
  return wanted.flatMap((name) => {
    const text = shown[name];
    if (text !== undefined && agrees(exact[name], text)) return [];
    return [`${name}: ${text ?? "not shown"}, exactly ${exact[name]}`];
  });
}

/** `1,248.9 kWh`, `€12.40` and `12.4` alike; what is not known, as a COP in a month's first hour, has to say so. */
function agrees(exact: number, text: string): boolean {
  if (Number.isNaN(exact)) return text === "unknown";
  const [number = ""] = /-?[\d,]+(\.\d+)?/.exec(text.replaceAll("\u2212", "-")) ?? [];
  if (number === "") return false;
  const decimals = number.split(".")[1]?.length ?? 0;
  // What is rounded already, to Wh or cents, may be rounded a second time.
  const mostOff = 0.5 * 10 ** -decimals + 0.0006;
  return Math.abs(Number(number.replaceAll(",", "")) - exact) <= mostOff;
}
