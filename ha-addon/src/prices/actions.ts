import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import { z } from "zod";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { type EntryKeys, type PriceEntry, readEntries } from "./entries.ts";
import { entryRule } from "./forms.ts";

const priceEntry = z.record(z.string(), z.unknown());
const registered = z.object({
  platform: z.string(),
  unique_id: z.string(),
  config_entry_id: z.string().nullable(),
});
const answered = z.object({ response: z.unknown() });

const kwhPerMwh = 1000;

/**
 * Prices by action, for integrations of Home Assistant whose entities list none: Nord Pool and Tibber. The days before, of
 * and after `date`, as far as they are out. undefined where the entity is of no such integration; rejects with Home
 * Assistant's error.
 */
export async function pricesByAction(parts: {
  readonly homeAssistant: Pick<HomeAssistant, "send">;
  readonly entity: string;
  readonly date: string;
  readonly zone: Zone;
}): Promise<readonly Slot[] | undefined> {
  const { homeAssistant, entity, date, zone } = parts;
  // An entity without an entry there is no integration's.
  const registry = homeAssistant.send({ type: "config/entity_registry/get", entity_id: entity });
  const entry = registered.safeParse(await registry.catch(() => undefined));
  if (!entry.success) return undefined;
  const { platform, unique_id: uniqueId, config_entry_id: configEntry } = entry.data;
  const call = async (domain: string, service: string, data: object): Promise<unknown> => {
    const command = { type: "call_service", domain, service, service_data: data, return_response: true };
    return answered.parse(await homeAssistant.send(command)).response;
  };
  if (platform === "tibber") {
    const span = { start: `${previousDate(date)} 00:00:00`, end: `${nextDate(nextDate(date))} 00:00:00` };
    return tibberPrices(await call("tibber", "get_prices", span), zone);
  }
  if (platform !== "nordpool" || configEntry === null) return undefined;
  const area = uniqueId.slice(0, uniqueId.lastIndexOf("-"));
  const slots: Slot[] = [];
  for (const each of [previousDate(date), date, nextDate(date)]) {
    try {
      const data = { config_entry: configEntry, date: each, areas: [area] };
      slots.push(...nordPoolPrices(await call("nordpool", "get_prices_for_date", data), area, zone));
    } catch (error) {
      // Tomorrow's are out in the afternoon.
      if (each === date) throw error;
    }
  }
  return slots;
}

/** The answer of `nordpool.get_prices_for_date`: by area, per MWh. Throws what is wrong where it has no price. */
export function nordPoolPrices(response: unknown, area: string, zone: Zone): Slot[] {
  const byArea = z.record(z.string(), z.array(priceEntry)).safeParse(response).data ?? {};
  const entries = byArea[area];
  if (entries === undefined) {
    const areas = Object.keys(byArea).join(", ").slice(0, 80);
    throw new Error(`nordpool.get_prices_for_date has no prices of ${area}, but of ${areas || "no area"}`);
  }
  const keys = { start: "start", end: "end", price: "price" };
  return pricesOf("nordpool.get_prices_for_date", entries, keys, zone, 1 / kwhPerMwh);
}

/**
 * The answer of `tibber.get_prices`: by home, per kWh with tax. Throws what is wrong where it has no price, or where
 * there are several homes.
 */
export function tibberPrices(response: unknown, zone: Zone): Slot[] {
  const { prices } = z.object({ prices: z.record(z.string(), z.array(priceEntry)) }).safeParse(response).data ?? {
    prices: {},
  };
  const homes = Object.values(prices);
  if (homes.length > 1) {
    throw new Error("Tibber has several homes: make a template sensor with the prices of one and name that instead");
  }
  return pricesOf("tibber.get_prices", homes[0] ?? [], { start: "start_time", price: "price" }, zone, 1);
}

function pricesOf(action: string, entries: readonly PriceEntry[], keys: EntryKeys, zone: Zone, scale: number): Slot[] {
  const { slots, unread } = readEntries(entries, keys, zone, scale);
  if (slots.length > 0) return [...slots];
  const received = unread === undefined ? `${entries.length} entries without a price` : `entries such as ${unread}`;
  throw new Error(`${action} answers ${received}; ${entryRule}, as ${keys.start} and ${keys.price}`);
}
