import { sentValue } from "../../forms/entered.ts";
import type { SettingsJson as Json } from "../../forms/settings-api.ts";
import type { Found, RoomFound } from "./found.ts";

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
  readonly timeZone: string;
  readonly price: string;
  readonly currency: string;
  readonly priceEntity: string;
  /** The entity that Home Assistant's energy dashboard takes for the price of the moment; empty: none. */
  readonly guessedEntity: string;
};

/** What is chosen at first: what the settings have, else what is suggested. */
export function firstChoice(found: Found, settings: Json, decimalSign: string): Choice {
  const own = (settings.rooms ?? []) as readonly Json[];
  const tariff = (settings.tariff ?? {}) as {
    price_per_kwh?: number;
    currency?: string;
    dynamic?: { entity?: string };
  };
  const guess = found.tariff?.guess;
  const price = tariff.price_per_kwh ?? guess?.price_per_kwh;
  return {
    rooms: own.length > 0 ? own.map(keptRoom) : found.rooms.filter(({ chosen }) => chosen).map(suggestedRoom),
    timeZone: (settings.time_zone as string | undefined) || found.time_zone.guess,
    price: price === undefined || price === null ? "" : String(price).replace(".", decimalSign),
    currency: tariff.currency || (guess?.currency ?? ""),
    priceEntity: tariff.dynamic?.entity || (guess?.dynamic?.entity ?? ""),
    guessedEntity: guess?.dynamic?.entity ?? "",
  };
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
  return { ...choice, rooms: isIn ? [...others, suggestedRoom(room)] : others };
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
    tariff: {
      price_per_kwh: price,
      currency: choice.currency.trim().toUpperCase(),
      dynamic:
        entity === "" ? { entity: null } : { entity, ...(entity === choice.guessedEntity && { state_is_price: true }) },
    },
  };
}
