/** What a state means as a number; NaN for `unavailable`, `unknown` and any other text. */
export type ReadNumber = (state: string) => number;

/** To the first unit of its kind, and from there. */
type Unit = { readonly to: (value: number) => number; readonly from: (value: number) => number };

const same: Unit = { to: (value) => value, from: (value) => value };
const times = (factor: number): Unit => ({ to: (value) => value * factor, from: (value) => value / factor });

const kinds: readonly Readonly<Record<string, Unit>>[] = [
  {
    "°C": same,
    "°F": { to: (value) => (value - 32) / 1.8, from: (value) => value * 1.8 + 32 },
    K: { to: (value) => value - 273.15, from: (value) => value + 273.15 },
  },
  { W: same, kW: times(1000), MW: times(1_000_000), "BTU/h": times(0.29307107) },
];

/**
 * Reads states in one unit as another; an entity without a unit has the wanted one. NaN where the one can't be converted to
 * the other, and for `noneAt`, a value of the wanted unit that means "none".
 */
export function readNumber(from: unknown, to: string, noneAt?: number): ReadNumber {
  const convert = converter(typeof from === "string" && from !== "" ? from : to, to);
  return (state) => {
    const value = state.trim() === "" ? Number.NaN : convert(Number(state));
    return !Number.isFinite(value) || value === noneAt ? Number.NaN : value;
  };
}

function converter(from: string, to: string): (value: number) => number {
  if (from === to) return same.to;
  for (const kind of kinds) {
    const [has, wants] = [kind[from], kind[to]];
    if (has !== undefined && wants !== undefined) return (value) => wants.from(has.to(value));
  }
  return () => Number.NaN;
}
