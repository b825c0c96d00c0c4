import { sameValue } from "@heatloop/core/room-feed/sent-commands";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { stateOf, type ValueSource, valueAt } from "../../home-assistant/value.ts";
import { isFeedState } from "./feed-history.ts";
import type { ZoneFeed } from "./zone-feed.ts";

/** The room feeds as Home Assistant knows them: without their rooms, and without when something was sent. */
export function feedsOfHome(source: ValueSource): readonly ZoneFeed[] {
  return ([1, 2] as const).flatMap((zone) => {
    const feed = stateOf(source, `room_feed_zone_${zone}`);
    if (feed === undefined) return [];
    const { state, attributes, last_changed: since } = feed;
    const sentC = celsiusOf(source, `room_feed_zone_${zone}_sent`);
    const readBackC = attributeNumber(attributes, "read_back_c");
    return [
      {
        zone,
        state: isFeedState(state) ? state : null,
        reason: attributeText(attributes, "reason") ?? "",
        since: since ?? null,
        temperature_c: attributeNumber(attributes, "temperature_c"),
        sent_c: sentC,
        sent_at: null,
        read_back_c: readBackC,
        confirmed: sentC !== null && sameValue(sentC, readBackC),
        source: attributeText(attributes, "source"),
        rooms: null,
      },
    ];
  });
}

/** A temperature that a home with °F has in that unit; two of the same tenth of a kelvin stay so. */
function celsiusOf(source: ValueSource, id: HeatPumpEntity): number | null {
  const value = valueAt(source, id);
  if (value.kind !== "number") return null;
  return value.unit === "°F" ? (value.value - 32) / 1.8 : value.value;
}

/** A number of an entity's attributes; null where there is none. */
export function attributeNumber(attributes: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = attributes[name];
  return typeof value === "number" ? value : null;
}

function attributeText(attributes: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = attributes[name];
  return typeof value === "string" ? value : null;
}
