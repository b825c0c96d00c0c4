/** Density (kg/m3: a + b T + c T²) and heat capacity (kJ/(kg K): d + e T) by °C of a mixture. */
type Mixture = readonly [a: number, b: number, c: number, d: number, e: number];

/** So much glycol is in the last row of the table, percent by volume. */
export const mostGlycolPercent = 60;

const stepPercent = 10;

/**
 * Water with inhibited propylene glycol, each 10 percent by volume more, 0 to 95 °C: the tables of the ASHRAE Handbook,
 * Fundamentals, chapter "Physical properties of secondary coolants", as fitted by CoolProp ("APG") and written here as
 * polynomials (within 0.01 %).
 */
const mixtures: readonly Mixture[] = [
  [1013.85, -0.237042, -0.00244685, 4.0425, 0.0016074],
  [1025.85, -0.291508, -0.00251363, 3.9288, 0.0021861],
  [1036.24, -0.343209, -0.00255492, 3.7929, 0.002748],
  [1045.12, -0.392687, -0.00257196, 3.6356, 0.0033035],
  [1052.7, -0.440414, -0.00256601, 3.4548, 0.0038578],
  [1059.0, -0.486794, -0.0025383, 3.2504, 0.0044105],
];

/** Coefficients of density and heat capacity, from the lowest power of °C on. */
export type Liquid = { readonly density: readonly number[]; readonly heatCapacity: readonly number[] };

/** Water with propylene glycol, percent by volume, 0 to 60: between the rows of the table in proportion. */
export function withGlycol(water: Liquid, percent: number): Liquid {
  const liquids = [water, ...mixtures.map(([a, b, c, d, e]) => ({ density: [a, b, c], heatCapacity: [d, e] }))];
  const step = Math.max(0, Math.min(mostGlycolPercent, percent)) / stepPercent;
  const below = Math.min(Math.floor(step), liquids.length - 2);
  const [thin, rich] = [liquids[below] as Liquid, liquids[below + 1] as Liquid];
  const between = (name: keyof Liquid) =>
    water[name].map((_, i) => (thin[name][i] ?? 0) * (below + 1 - step) + (rich[name][i] ?? 0) * (step - below));
  return { density: between("density"), heatCapacity: between("heatCapacity") };
}
