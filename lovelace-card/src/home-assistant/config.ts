import type { ActionConfig } from "custom-card-helpers";
import type { AppAddress } from "./hass.ts";

export const cardTag = "heatloop-card";
export const cardType = `custom:${cardTag}`;

export const gestures = ["tap", "hold", "double_tap"] as const;
export type Gesture = (typeof gestures)[number];

/** An action as Home Assistant's frontend takes it, newer kinds too; only `action` is looked at here. */
export type Action =
  | ActionConfig
  | ({ readonly action: "perform-action" | "assist" } & Readonly<Record<string, unknown>>);

/** A card's configuration after `parseConfig`. */
export type CardConfig = {
  /** A device of Home Assistant, or Heatloop's id of one; undefined means the first heat pump. */
  readonly device: string | undefined;
  readonly title: string | undefined;
  readonly views: readonly string[];
  /** A sensor that measures the heat pump's electric power (W or kW); Heatloop's own figure where absent. */
  readonly electricPower: string | undefined;
  /** Where Heatloop's app is; undefined: under the Supervisor. */
  readonly app: AppAddress | undefined;
  readonly actions: Readonly<Partial<Record<Gesture, Action>>>;
};

const ownKeys = [
  ...["device", "title", "views", "electric_power", "app_url", "app_token"],
  ...gestures.map((gesture) => `${gesture}_action`),
];
/** Keys of every card: of Home Assistant's frontend (LovelaceCardConfig), and of the extensions that restyle cards. */
const usualKeys = new Set(
  "type index view_index view_layout layout_options grid_options visibility disabled card_mod uix style".split(" "),
);

/**
 * Reads a card's configuration as a person or the editor wrote it; `viewNames` are those that there are. Keys that every
 * card has (`grid_options`, `visibility`, ...) are Home Assistant's. Throws an Error that names every key that is
 * wrong or that there is not, a line each, and what it may be.
 */
export function parseConfig(input: unknown, viewNames: readonly string[]): CardConfig {
  if (!isObject(input)) throw new Error(`${cardType}: the configuration must be a list of keys and values`);
  const mistakes: string[] = [];

  function text(key: string, allowed: string, fits: (value: string) => boolean = () => true): string | undefined {
    const value = (input as Record<string, unknown>)[key] ?? "";
    if (value === "") return undefined;
    if (typeof value === "string" && fits(value)) return value;
    mistakes.push(`${key}: must be ${allowed}, is ${shown(value)}`);
    return undefined;
  }

  function appAddress(): AppAddress | undefined {
    const url = text("app_url", "a path such as /heatloop/, or a URL such as https://heatloop.example.org", isAppUrl);
    const token = text("app_token", "an API token, heatloop_...", (value) => /^heatloop_[\w-]+$/.test(value));
    if (token !== undefined && !("app_url" in (input as object)))
      mistakes.push("app_token: needs app_url, the address whose token it is");
    return url === undefined ? undefined : { url: url.endsWith("/") ? url : `${url}/`, token };
  }

  const config: CardConfig = {
    device: text("device", "the id of a device"),
    title: text("title", "a text"),
    views: viewsFrom(input.views, viewNames, mistakes),
    electricPower: text("electric_power", "a sensor such as sensor.heat_pump_power", (id) => /^sensor\.\w+$/.test(id)),
    app: appAddress(),
    actions: actionsFrom(input, mistakes),
  };
  for (const key of Object.keys(input)) {
    if (!ownKeys.includes(key) && !usualKeys.has(key))
      mistakes.push(`${key}: there is no such key, only ${ownKeys.join(", ")}`);
  }
  // Where lines are joined, the semicolon still tells the mistakes apart.
  if (mistakes.length > 0) throw new Error(`${cardType}: ${mistakes.join(";\n")}`);
  return config;
}

/** A path of this origin, or a URL by http(s), with nothing behind the path. */
function isAppUrl(text: string): boolean {
  return !/[\s\\?#@]/.test(text) && (/^\/(?!\/)/.test(text) || (/^https?:\/\/[^/]+/.test(text) && URL.canParse(text)));
}

function viewsFrom(value: unknown, viewNames: readonly string[], mistakes: string[]): readonly string[] {
  const allowed = `a list of ${viewNames.join(", ")}`;
  if (value === undefined || value === null) return viewNames;
  if (!Array.isArray(value) || value.length === 0) {
    mistakes.push(`views: must be ${allowed}, is ${shown(value)}`);
    return viewNames;
  }
  const wrong = value.filter((view) => !viewNames.includes(view));
  if (wrong.length > 0) mistakes.push(`views: must be ${allowed}, has ${wrong.map(shown).join(", ")}`);
  return [...new Set(value as string[])];
}

function actionsFrom(input: Readonly<Record<string, unknown>>, mistakes: string[]): CardConfig["actions"] {
  const actions: Partial<Record<Gesture, Action>> = {};
  for (const gesture of gestures) {
    const key = `${gesture}_action`;
    const value = input[key];
    if (value === undefined || value === null) continue;
    if (isObject(value) && typeof value.action === "string") actions[gesture] = value as unknown as Action;
    else mistakes.push(`${key}: must be an action such as {action: more-info}, is ${shown(value)}`);
  }
  return actions;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
