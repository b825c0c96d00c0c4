import type { Zone } from "@heatloop/core/local-day";
import { instantOf } from "@heatloop/core/local-time";
import { closedSlots, isSlotBorder, type OpenSlot, type Slot } from "@heatloop/core/slots";

/** How a price entity of Home Assistant lists its prices in attributes: lists of objects with these keys. */
export type PriceForm = {
  readonly name: string;
  readonly lists: readonly string[];
  readonly start: string;
  readonly end?: string;
  readonly price: string;
};

const todayAndTomorrow = ["raw_today", "raw_tomorrow"] as const;

/** The forms that are known; the first that fits counts. From the integrations' documentation and diagnostics. */
export const priceForms: readonly PriceForm[] = [
  { name: "Nord Pool (custom)", lists: todayAndTomorrow, start: "start", end: "end", price: "value" },
  { name: "Nord Pool's form", lists: todayAndTomorrow, start: "start", end: "end", price: "price" },
  { name: "ENTSO-E", lists: ["prices"], start: "time", price: "price" },
  { name: "ENTSO-E by day", lists: ["prices_today", "prices_tomorrow"], start: "time", price: "price" },
  { name: "Octopus Energy", lists: ["rates"], start: "start", end: "end", price: "value_inc_vat" },
  { name: "Tibber", lists: ["today", "tomorrow"], start: "startsAt", price: "total" },
  { name: "Tibber in Nord Pool's form", lists: todayAndTomorrow, start: "startsAt", price: "total" },
  { name: "Tibber's action", lists: ["prices"], start: "start_time", price: "price" },
  { name: "Frank Energie", lists: ["prices"], start: "from", end: "till", price: "price" },
  { name: "EnergyZero's action", lists: ["prices"], start: "timestamp", price: "price" },
  { name: "Nord Pool's action", lists: ["prices"], start: "start", end: "end", price: "price" },
];

type Attributes = Readonly<Record<string, unknown>>;

/** Prices per kWh in whole money (EUR, not cents), or why there are none; `form` undefined: nothing is listed. */
export type ListedPrices =
  | { readonly ok: true; readonly form: PriceForm; readonly slots: readonly Slot[] }
  | { readonly ok: false; readonly form: PriceForm | undefined; readonly why: string };

/** The prices that an entity lists in its attributes. Entries without a price yet are left out. */
export function listedPrices(attributes: Attributes, zone: Zone): ListedPrices {
  const form = priceForms.find((each) =>
    entriesOf(attributes, each).some((entry) => each.start in entry && each.price in entry),
  );
  if (form === undefined) return { ok: false, form, why: "it lists no prices in its attributes" };
  const unit = unitOf(attributes);
  const scale = unitScale(unit);
  if (scale === undefined) return { ok: false, form, why: `its unit is ${unit}, not money per kWh` };
  return { ok: true, form, slots: slotsOf(entriesOf(attributes, form), form, zone, scale) };
}

/** Entries of a form as slots; `scale` makes their prices money per kWh. */
export function slotsOf(
  entries: readonly Readonly<Record<string, unknown>>[],
  form: Pick<PriceForm, "start" | "end" | "price">,
  zone: Zone,
  scale: number,
): Slot[] {
  const slots: OpenSlot[] = [];
  for (const entry of entries) {
    const start = timeOf(entry[form.start], zone, slots.at(-1)?.start);
    const told = entry[form.price];
    const price = typeof told === "number" ? toPrecision(told * scale) : Number.NaN;
    if (start === undefined || !Number.isFinite(price)) continue;
    const end = form.end === undefined ? undefined : timeOf(entry[form.end], zone, start);
    slots.push({ start, end: end !== undefined && end > start ? end : null, value: price });
  }
  return closedSlots(slots, zone);
}

function entriesOf(attributes: Attributes, { lists }: PriceForm): Readonly<Record<string, unknown>>[] {
  return lists.flatMap((name) => {
    const list = attributes[name];
    return Array.isArray(list) ? list.filter((entry) => typeof entry === "object" && entry !== null) : [];
  });
}

function timeOf(value: unknown, zone: Zone, after: number | undefined): number | undefined {
  const at = typeof value === "string" ? instantOf(value, zone, after) : undefined;
  return at !== undefined && isSlotBorder(at) ? at : undefined;
}

const perKwh = { wh: 1000, kwh: 1, mwh: 0.001 } as const;
/** A hundredth of the currency, as units write it. */
const hundredths = /^(c|¢|ct|cts?|cents?|p|pence|øre|öre|ore|gr|grosz[ey]?)$/i;

/** What a price in a unit such as EUR/MWh or öre/kWh is multiplied by; 1 without a unit, undefined where it is none of a price. */
export function unitScale(unit: string): number | undefined {
  if (unit === "") return 1;
  const match = /^\s*([^/]+?)\s*\/\s*([kM]?Wh)\s*$/i.exec(unit);
  const energy = match?.[2]?.toLowerCase();
  if (match?.[1] === undefined || (energy !== "wh" && energy !== "kwh" && energy !== "mwh")) return undefined;
  return perKwh[energy] * (hundredths.test(match[1]) ? 0.01 : 1);
}

/** The unit of an entity as it is told, empty where there is none; whatever else stands there is shown as JSON. */
export function unitOf({ unit_of_measurement: unit }: Attributes): string {
  if (unit === undefined || unit === null) return "";
  return typeof unit === "string" ? unit : JSON.stringify(unit);
}

/** Without the noise of binary fractions, so that the same price is the same again. */
export function toPrecision(value: number): number {
  return Number(value.toPrecision(12));
}
