import { sentValue } from "../../forms/entered.ts";
import type { SettingsJson as Json } from "../../forms/settings-api.ts";
import type { FirstRunFound, RoomFound } from "./found.ts";

/** A chosen room, as the settings take it. */
export type ChosenRoom = {
  readonly entity: string;
  readonly zone: 1 | 2;
  readonly scale: number;
  /** The heat pump's prefix; empty: the only one there is. */
  readonly device: string;
  /** What the settings had of it besides: name, weight, offset. */
  readonly rest: Json;
};

/** What a person has chosen so far; texts as they were typed. */
export type Choice = {
  readonly rooms: readonly ChosenRoom[];
  /** Those of the settings: with what else they have, and also where Home Assistant does not know them now. */
  readonly kept: readonly ChosenRoom[];
  readonly timeZone: string;
  readonly price: string;
  readonly currency: string;
  readonly priceEntity: string;
  /** The entity that Home Assistant's energy dashboard takes for the price of the moment; empty: none. */
  readonly guessedEntity: string;
  /** Of the entities' names, as the settings have it. */
  readonly namesLanguage: string;
};

/** What is chosen at first: what the settings have, else what is suggested. */
export function firstChoice(found: FirstRunFound, settings: Json, decimalSign: string): Choice {
  const own = (settings.rooms ?? []) as readonly Json[];
  const tariff = (settings.tariff ?? {}) as {
    price_per_kwh?: number;
    currency?: string;
    dynamic?: { entity?: string };
  };
  const { language = "en" } = (settings.entities ?? {}) as { language?: string };
  const guess = found.tariff?.guess;
  const price = tariff.price_per_kwh ?? guess?.price_per_kwh;
  const kept = own.map(keptRoom);
  return {
    kept,
    rooms: kept.length > 0 ? kept : found.rooms.filter(({ chosen }) => chosen).map(suggestedRoom),
    timeZone: (settings.time_zone as string | undefined) || found.time_zone.guess,
    price: price === undefined || price === null ? "" : String(price).replace(".", decimalSign),
    currency: tariff.currency || (guess?.currency ?? ""),
    priceEntity: tariff.dynamic?.entity || (guess?.dynamic?.entity ?? ""),
    guessedEntity: guess?.dynamic?.entity ?? "",
    namesLanguage: kept.length === 0 && language === "en" ? "auto" : language,
  };
}

/** What a person has changed of a first choice, upon another first choice, as when Home Assistant came later than the page. */
export function uponFirst(choice: Choice | undefined, before: Choice | undefined, fresh: Choice): Choice {
  if (choice === undefined || before === undefined) return fresh;
  const keys = ["rooms", "timeZone", "price", "currency", "priceEntity", "namesLanguage"] as const;
  const own = keys.filter((key) => JSON.stringify(choice[key]) !== JSON.stringify(before[key]));
  return { ...fresh, ...Object.fromEntries(own.map((key) => [key, choice[key]])) };
}

function keptRoom({ entity, zone, scale, device, ...rest }: Json): ChosenRoom {
  return {
    entity: String(entity),
    zone: zone === 2 ? 2 : 1,
    scale: typeof scale === "number" ? scale : 1,
    device: typeof device === "string" ? device : "",
    rest,
  };
}

/** A room as it is suggested. */
export function suggestedRoom({
  entity,
  suggested_scale: scale,
}: Pick<RoomFound, "entity" | "suggested_scale">): ChosenRoom {
  return { entity, zone: 1, scale, device: "", rest: {} };
}

/** The choice with a room in or out. */
export function withRoom(choice: Choice, room: RoomFound, isIn: boolean): Choice {
  const others = choice.rooms.filter(({ entity }) => entity !== room.entity);
  const known = choice.kept.find(({ entity }) => entity === room.entity) ?? suggestedRoom(room);
  return { ...choice, rooms: isIn ? [...others, known] : others };
}

/** The rooms of the settings that Home Assistant does not know now, as if they were offered. */
export function unknownRooms({ kept }: Choice, found: readonly RoomFound[]): readonly RoomFound[] {
  return kept
    .filter(({ entity }) => !found.some((room) => room.entity === entity))
    .map(({ entity, scale, rest }) => ({
      ...{ entity, name: typeof rest.name === "string" ? rest.name : entity, area: null, unit: null },
      ...{ temperature_c: null, raw_value: null, age_s: null, no_value: "no_entity" },
      ...{ offered: true, not_offered: null, suspicions: [], suggested_scale: scale, chosen: false },
    }));
}

/** The choice with something else of a chosen room. */
export function withRoomPart(choice: Choice, entity: string, part: Partial<ChosenRoom>): Choice {
  return { ...choice, rooms: choice.rooms.map((room) => (room.entity === entity ? { ...room, ...part } : room)) };
}

/** What one click saves: a merge patch of the settings. */
export function patchOfChoice(choice: Choice): Json {
  const price = sentValue({ path: "tariff.price_per_kwh", kind: "number" }, choice.price);
  const entity = choice.priceEntity.trim();
  return {
    rooms: choice.rooms.map(({ entity: room, zone, scale, device, rest }) => ({
      ...rest,
      entity: room,
      zone,
      scale,
      ...(device !== "" && { device }),
    })),
    time_zone: choice.timeZone.trim(),
    entities: { language: choice.namesLanguage },
    tariff: {
      price_per_kwh: price,
      currency: choice.currency.trim().toUpperCase(),
      dynamic:
        entity === "" ? { entity: null } : { entity, ...(entity === choice.guessedEntity && { state_is_price: true }) },
    },
  };
}
