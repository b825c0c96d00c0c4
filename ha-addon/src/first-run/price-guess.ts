import { z } from "zod";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";

/** A tariff as settings take it; undefined parts are not guessed. */
export type TariffGuess = {
  readonly currency: string;
  readonly price_per_kwh?: number;
  readonly dynamic?: { readonly entity: string; readonly state_is_price: true };
};

const price = {
  entity_energy_price: z.string().nullish(),
  number_energy_price: z.number().nullish(),
};
const gridSchema = z.looseObject({
  type: z.literal("grid"),
  ...price,
  /** Until 2026 a grid had several meters. */
  flow_from: z.array(z.looseObject(price)).default([]),
});
const preferencesSchema = z.object({ energy_sources: z.array(z.unknown()) });

/**
 * The tariff that Home Assistant's energy dashboard goes by: the price of the grid as a number, or the entity that has
 * it; null where it names neither. Never rejected.
 */
export async function tariffGuess(
  homeAssistant: Pick<HomeAssistant, "send"> | undefined,
  currency: string | null,
): Promise<TariffGuess | null> {
  const answer = await homeAssistant?.send({ type: "energy/get_prefs" }).catch(() => undefined);
  const sources = preferencesSchema.safeParse(answer).data?.energy_sources ?? [];
  const grids = sources.flatMap((source) => gridSchema.safeParse(source).data ?? []);
  const prices = grids.flatMap((grid) => [grid, ...grid.flow_from]);
  const known = currency !== null && /^[A-Z]{3}$/.test(currency) ? currency : "";
  const entity = prices.find((each) => /^[a-z_]+\.[a-z0-9_]{1,200}$/.test(each.entity_energy_price ?? ""));
  if (entity?.entity_energy_price) {
    return { currency: known, dynamic: { entity: entity.entity_energy_price, state_is_price: true } };
  }
  const fixed = prices.find(({ number_energy_price: number }) => typeof number === "number" && number >= 0);
  if (typeof fixed?.number_energy_price !== "number") return null;
  return { currency: known, price_per_kwh: fixed.number_energy_price };
}
