import { fill } from "@heatloop/core/text/fill-text";
import type { Absence } from "../home-assistant/absence.ts";
import type { Addon } from "../home-assistant/addon.ts";
import { isOfThisOrigin } from "../home-assistant/app-address.ts";
import type { CardConfig } from "../home-assistant/config.ts";
import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import type { Formats } from "../home-assistant/formats.ts";
import type { AppAddress, Hass } from "../home-assistant/hass.ts";
import { isOn, stateOf, textOf, type ValueSource } from "../home-assistant/value.ts";
import type { Texts } from "../text/languages/english.ts";

/** Something that a person should know now. */
export type Notice = {
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
  /** In the add-on's or the firmware's own words. */
  readonly detail: string | undefined;
  readonly entityId: string | undefined;
  /** The page that helps. */
  readonly href?: string;
};

/** What notices are made of. */
export const noticeEntities = [
  "fault_code",
  "refrigerant_error",
  "log",
  "room_feed_zone_1",
  "room_feed_zone_2",
  "short_cycle_lockout",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
] as const satisfies readonly HeatPumpEntity[];

const feedSeverity = { degraded: "warning", holding: "warning", fallback: "error" } as const;

/** Faults first, then what is not as it should be, then what is merely so. */
export function noticesOf(source: ValueSource, texts: Texts): readonly Notice[] {
  const notices: Notice[] = [];
  function add(severity: Notice["severity"], id: HeatPumpEntity, text: string): void {
    const reason = stateOf(source, id)?.attributes.reason;
    const detail = typeof reason === "string" && reason !== "" ? reason : undefined;
    notices.push({ severity, text, detail, entityId: source.entities.get(id) });
  }

  const fault = textOf(source, "fault_code");
  if (fault !== null && fault !== "No error") add("error", "fault_code", fill(texts.fault, { code: fault }));
  const refrigerant = textOf(source, "refrigerant_error");
  if (refrigerant !== null && refrigerant.toLowerCase() !== "normal") {
    add("error", "refrigerant_error", fill(texts.refrigerant_fault, { text: refrigerantText(refrigerant, texts) }));
  }
  for (const zone of [1, 2] as const) {
    const id = `room_feed_zone_${zone}` as const;
    const state = textOf(source, id);
    if (state !== "degraded" && state !== "holding" && state !== "fallback") continue;
    const name = source.entities.has("room_feed_zone_2") ? ` (${fill(texts.zone, { zone })})` : "";
    add(feedSeverity[state], id, `${texts.room_feed}${name}: ${texts[`feed_${state}`]}`);
  }
  if (isOn(source, "log") === true) add("warning", "log", texts.log_problem);
  if (isOn(source, "short_cycle_lockout") === true) add("info", "short_cycle_lockout", texts.lockout);
  const heater = (["booster_heater", "booster_heater_2", "immersion_heater"] as const).find((id) => isOn(source, id));
  if (heater !== undefined) add("info", heater, texts.electric_heater);
  const rank = { error: 0, warning: 1, info: 2 };
  return notices.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** An error of the refrigerant circuit (core/catalogue/text-states.ts) in words; the firmware's own where it is none of these. */
export function refrigerantText(error: string, texts: Texts): string {
  switch (error) {
    case "system_error":
    case "startup_error":
    case "maintenance_error":
      return texts[error];
    default:
      return error.replaceAll("_", " ");
  }
}

/** Who is away since when, in words. */
export function absenceNotice({ who, since }: Absence, formats: Formats, texts: Texts, now: number): Notice {
  const text =
    since === null ? texts[`away_${who}`] : fill(texts[`away_${who}_since`], { time: formats.moment(since, now) });
  return { severity: "error", text, detail: texts[`away_${who}_help`], entityId: undefined };
}

/** What the configuration names and Home Assistant does not have; nothing while there is no connection. */
export function goneNotices(
  { states, connected }: Pick<Hass, "states" | "connected">,
  { electricPower }: Pick<CardConfig, "electricPower">,
  texts: Texts,
): readonly Notice[] {
  if (!connected || electricPower === undefined || states[electricPower] !== undefined) return [];
  const text = fill(texts.entity_gone, { entity: electricPower });
  return [{ severity: "warning", text, detail: "electric_power", entityId: undefined }];
}

/** Why the app at the configured address gives no figures; nothing where it does. */
export function appNotices(app: AppAddress | undefined, addon: Addon | undefined, texts: Texts): readonly Notice[] {
  if (app === undefined || addon === undefined || addon.kind === "reachable") return [];
  const url = `app_url: ${app.url}`;
  const words: Readonly<Partial<Record<Addon["kind"], readonly [text: string, detail: string]>>> = {
    sign_in: [texts.app_sign_in, url],
    token: [texts.app_wants_token, `app_token, ${url}`],
    insecure: [texts.app_insecure, url],
    no_answer: [texts.app_no_answer, isOfThisOrigin(app) ? url : `${url}, web.allowed_origins: ${location.origin}`],
  };
  const reason = addon.kind === "refused" ? addon.reason : addon.kind;
  const [text, detail] = words[addon.kind] ?? [fill(texts.app_refused, { reason }), url];
  return [{ severity: "warning", text, detail, entityId: undefined, href: app.url }];
}
