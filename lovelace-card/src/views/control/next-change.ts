import type { ScheduledSetting } from "@heatloop/core/schedule/scheduled-settings";
import { fill } from "@heatloop/core/text/fill-text";
import { dateAfter } from "@heatloop/core/time/local-day";
import { stateOf } from "../../home-assistant/value.ts";
import { temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import type { TextKey } from "../../text/languages/english.ts";

/** Of the attribute `changes` (mqtt-discovery/schedule-components.ts). */
type Change = { readonly set: ScheduledSetting; readonly to: number };

const labels = {
  room_setpoint_zone_1: "room_setpoint",
  room_setpoint_zone_2: "room_setpoint",
  hot_water_setpoint: "hot_water_setpoint",
  hot_water_boost: "boost",
} as const satisfies Readonly<Record<ScheduledSetting, TextKey>>;

/** What the weekly schedule changes next, and when, as a line; undefined where there is none, or nothing comes. */
export function nextChangeText(input: ViewInput): string | undefined {
  const { hass, heatPump, texts } = input;
  const state = stateOf({ states: hass.states, entities: heatPump.entities }, "next_scheduled_change");
  const at = Date.parse(state?.state ?? "");
  const changes = state?.attributes.changes;
  if (Number.isNaN(at) || !Array.isArray(changes)) return undefined;
  const known = (changes as readonly Change[]).filter(({ set }) => Object.hasOwn(labels, set));
  if (known.length === 0) return undefined;
  const list = known.map((change) => changeText(change, input)).join(" · ");
  return fill(texts.next_change, { changes: list, time: dayAndTime(at, input) });
}

function changeText({ set, to }: Change, input: ViewInput): string {
  const { texts, heatPump, formats } = input;
  const label = texts[labels[set]];
  if (set === "hot_water_boost") {
    return `${label} ${to === 0 ? texts.feed_off : `${formats.number(to, 0)}\u00a0min`}`;
  }
  const isZoned = set !== "hot_water_setpoint" && heatPump.entities.has("zone_2_operating_mode");
  const of = isZoned ? `${label} · ${fill(texts.zone, { zone: set.slice(-1) })}` : label;
  return `${of} ${temperatureText(to, Number.isInteger(to) ? 0 : 1, input)}`;
}

/** `today 22:00`, `tomorrow 06:30`, `Monday 06:30`. */
function dayAndTime(at: number, { formats, clock }: ViewInput): string {
  const { language, timeZone } = formats;
  const zone = viewZone(timeZone);
  const [today, date] = [zone.dateOf(clock.now()), zone.dateOf(at)];
  const near = [today, dateAfter(today, 1)].indexOf(date);
  const day =
    near === -1
      ? new Intl.DateTimeFormat(language, { weekday: "long", timeZone }).format(at)
      : new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(near, "day");
  return `${day} ${formats.time(at)}`;
}
