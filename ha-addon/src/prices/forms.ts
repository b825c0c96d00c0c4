import { type PriceUnit, priceUnit } from "@heatloop/core/cost/price-unit";
import { nextDate, type Zone } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import type { Slot } from "@heatloop/core/time/slots";
import { type EntryKeys, entriesIn, type PriceEntry, readEntries } from "./entries.ts";
import type { PriceRefusal } from "./problems.ts";

/** How a price entity of Home Assistant lists its prices in attributes: lists of objects with these keys. */
type PriceForm = EntryKeys & {
  readonly name: string;
  readonly lists: readonly string[];
  /** What its prices are in, whatever the unit of the entity. */
  readonly unit?: PriceUnit;
};

const todayAndTomorrow = ["raw_today", "raw_tomorrow"] as const;
const perKwh = { scale: 1, currency: null };
const euroPerMwh = { scale: 0.001, currency: "EUR" };

/** The forms that are known; the first that fits counts. From the integrations' documentation and diagnostics. */
const priceForms: readonly PriceForm[] = [
  { name: "Nord Pool (custom)", lists: todayAndTomorrow, start: "start", end: "end", price: "value" },
  { name: "Nord Pool's form", lists: todayAndTomorrow, start: "start", end: "end", price: "price" },
  { name: "Energi Data Service", lists: todayAndTomorrow, start: "hour", price: "price" },
  { name: "ENTSO-E", lists: ["prices"], start: "time", price: "price" },
  { name: "ENTSO-E by day", lists: ["prices_today", "prices_tomorrow"], start: "time", price: "price" },
  { name: "Octopus Energy", lists: ["rates"], start: "start", end: "end", price: "value_inc_vat" },
  { name: "Tibber", lists: ["today", "tomorrow"], start: "startsAt", price: "total" },
  { name: "Tibber in Nord Pool's form", lists: todayAndTomorrow, start: "startsAt", price: "total" },
  { name: "Tibber's action", lists: ["prices"], start: "start_time", price: "price" },
  { name: "EPEX Spot", lists: ["data"], start: "start_time", end: "end_time", price: "price_per_kwh", unit: perKwh },
  {
    name: "aWATTar's API",
    lists: ["data"],
    start: "start_timestamp",
    end: "end_timestamp",
    price: "marketprice",
    unit: euroPerMwh,
  },
  { name: "GE-Spot", lists: ["today_interval_prices", "tomorrow_interval_prices"], start: "time", price: "value" },
  {
    name: "Zonneplan",
    lists: ["forecast"],
    start: "datetime",
    price: "electricity_price",
    unit: { scale: 1e-7, currency: "EUR" },
  },
  { name: "Frank Energie", lists: ["prices"], start: "from", end: "till", price: "price" },
  { name: "EnergyZero's action", lists: ["prices"], start: "timestamp", price: "price" },
  { name: "Nord Pool's action", lists: ["prices", "data"], start: "start", end: "end", price: "price" },
  { name: "start and value", lists: ["prices", "data"], start: "start", end: "end", price: "value" },
  { name: "hour and price", lists: ["prices", "data"], start: "hour", price: "price" },
];

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Prices per kWh in whole money (EUR, not cents), or why there are none. `form` undefined: nothing is listed in a form
 * that is known. `currency` is the unit's, null where it names none; `unread` what is there but was left out.
 */
export type ListedPrices =
  | {
      readonly ok: true;
      readonly form: string;
      readonly slots: readonly Slot[];
      readonly currency: string | null;
      readonly unread: string | undefined;
    }
  | { readonly ok: false; readonly form: string | undefined; readonly why: PriceRefusal };

/** The prices that an entity lists in its attributes; `at` is when it reported them, ms since the epoch. */
export function listedPrices(attributes: Attributes, zone: Zone, at: number): ListedPrices {
  const fits = (each: PriceForm) =>
    entriesOf(attributes, each).some((entry) => each.start in entry && each.price in entry);
  const form = priceForms.find(fits) ?? unitNamedForm(attributes);
  if (form !== undefined) return inForm(attributes, form, form.name, entriesOf(attributes, form), zone);
  const mapped = mappedEntries(attributes, zone, at);
  if (mapped === undefined) return { ok: false, form: undefined, why: whatIsListed(attributes) };
  return inForm(attributes, mappedForm, mapped.form, mapped.entries, zone);
}

const unitNamedPrice = /^price_([a-z]+)_per_([km]wh)$/;

/** EPEX Spot before its version 3 has the unit in the key: price_ct_per_kwh, price_eur_per_mwh. */
function unitNamedForm({ data }: Attributes): PriceForm | undefined {
  for (const price of Object.keys(entriesIn(data)?.[0] ?? {})) {
    const [, money, energy] = unitNamedPrice.exec(price) ?? [];
    const unit = money === undefined ? null : priceUnit(`${money}/${energy}`);
    if (unit !== null)
      return { name: "EPEX Spot before 3", lists: ["data"], start: "start_time", end: "end_time", price, unit };
  }
  return undefined;
}

function inForm(
  attributes: Attributes,
  form: EntryKeys & { readonly unit?: PriceUnit },
  name: string,
  entries: readonly PriceEntry[],
  zone: Zone,
): ListedPrices {
  const unitText = priceUnitIn(attributes);
  const unit = form.unit ?? priceUnit(unitText);
  if (unit === null) return { ok: false, form: name, why: { code: "price_unit_unknown", unit: unitText } };
  const { slots, unread, empty } = readEntries(entries, form, zone, unit.scale);
  // Tomorrow's prices are out in the afternoon, and some integrations list their hours before.
  if (slots.length > 0) return { ok: true, form: name, slots, currency: unit.currency, unread };
  const why: PriceRefusal =
    unread === undefined
      ? { code: "price_not_out", entries: empty, form: name, key: form.price }
      : { code: "price_entries_unread", entries: entries.length, form: name, unread };
  return { ok: false, form: name, why };
}

/** What an entry has to be, for a sentence that refuses another. */
export const entryRule = "expected is a time on a full 5 minutes and a number with a decimal point";

function entriesOf(attributes: Attributes, { lists }: PriceForm): PriceEntry[] {
  return lists.flatMap((name) => entriesIn(attributes[name]) ?? []);
}

const mappedForm = { start: "start", price: "price" } as const;
const pvpcHour = /^price_(next_day_)?(\d\d)h(_d)?$/;

/** Prices whose times are the names of attributes: of the Czech spot prices, and by hour of PVPC in Spain. */
function mappedEntries(
  attributes: Attributes,
  zone: Zone,
  at: number,
): { readonly form: string; readonly entries: readonly PriceEntry[] } | undefined {
  const timed = Object.entries(attributes)
    .filter(([name]) => instantOf(name, zone) !== undefined)
    .map(([start, price]) => ({ start, price }));
  if (timed.length > 0) return { form: "Czech spot prices", entries: timed };
  const today = zone.dateOf(at);
  const hours = Object.entries(attributes)
    .flatMap(([name, price]) => {
      const match = pvpcHour.exec(name);
      return match === null
        ? []
        : [{ start: `${match[1] === undefined ? today : nextDate(today)} ${match[2]}:00`, price }];
    })
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  return hours.length > 0 ? { form: "PVPC", entries: hours } : undefined;
}

/** What an entity lists where no form fits: a list with its keys. */
function whatIsListed(attributes: Attributes): PriceRefusal {
  for (const [name, value] of Object.entries(attributes)) {
    const entry = entriesIn(value)?.[0];
    if (entry === undefined) continue;
    const keys = Object.keys(entry).slice(0, 8).join(", ").slice(0, 120);
    return { code: "price_list_unknown", list: name, keys: keys || "nothing" };
  }
  return { code: "price_no_list" };
}

/** The unit of an entity as text, empty where there is none; whatever is no text is shown as JSON. */
export function priceUnitIn({ unit_of_measurement: unit }: Attributes): string {
  if (unit === undefined || unit === null) return "";
  return typeof unit === "string" ? unit.slice(0, 40) : JSON.stringify(unit).slice(0, 40);
}
