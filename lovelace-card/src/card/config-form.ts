import { cardTag, cardType, gestures, parseConfig } from "../home-assistant/config.ts";
import { firstHeatPumpOf, heatPumpsOf } from "../home-assistant/find-entities.ts";
import type { Hass } from "../home-assistant/hass.ts";
import { labelOf } from "../look/view.ts";
import { loadTexts, textsOf } from "../text/texts.ts";
import { viewNames, views } from "../views/views.ts";

type Field = { readonly name: string; readonly selector: Readonly<Record<string, unknown>> };
/** Fields behind a heading that opens; `flatten`: their keys are the card's own. */
type Panel = {
  readonly name: string;
  readonly type: "expandable";
  readonly flatten: true;
  readonly icon: string;
  readonly schema: readonly Field[];
};
type Localize = (key: string) => string;

/** The visual editor as data: `getConfigForm` of the frontend's card contract. */
export type ConfigForm = {
  readonly schema: readonly (Field | Panel)[];
  computeLabel(field: Pick<Field, "name">, localize: Localize): string;
  computeHelper(field: Pick<Field, "name">): string | undefined;
  assertConfig(config: unknown): void;
};

/** A row of the card picker: `window.customCards`. */
export type CustomCard = {
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly preview: boolean;
  readonly documentationURL: string;
  getEntitySuggestion(hass: Hass, entityId: string): { readonly config: object } | null;
};

/** The page's language: the frontend writes it on the root element. */
function pageLanguage(): string {
  return document.documentElement.lang || navigator.language;
}

/** Loads the texts that the card picker and the editor show; they are English until then. */
export function loadPageTexts(): void {
  void loadTexts(pageLanguage());
}

function pageTexts() {
  return textsOf(pageLanguage());
}

export function configForm(): ConfigForm {
  const texts = pageTexts();
  const own: Readonly<Record<string, string>> = {
    device: texts.power,
    title: texts.editor_title,
    views: texts.editor_views,
    electric_power: texts.editor_electric_power,
    app: "Heatloop",
    app_url: texts.editor_app_url,
    app_token: texts.editor_app_token,
  };
  const help: Readonly<Record<string, string>> = {
    device: texts.editor_device_help,
    title: texts.editor_title_help,
    views: texts.editor_all_views,
    electric_power: texts.editor_electric_power_help,
    app_url: texts.editor_app_url_help,
  };
  return {
    schema: [
      { name: "device", selector: { device: { filter: [{ integration: "mqtt" }, { integration: "esphome" }] } } },
      { name: "title", selector: { text: {} } },
      {
        name: "views",
        selector: {
          select: {
            multiple: true,
            reorder: true,
            options: views.map((view) => ({ value: view.name, label: labelOf(view, pageLanguage()) })),
          },
        },
      },
      { name: "electric_power", selector: { entity: { filter: { domain: "sensor", device_class: "power" } } } },
      {
        name: "app",
        type: "expandable",
        flatten: true,
        icon: "mdi:heat-pump",
        schema: [
          { name: "app_url", selector: { text: {} } },
          { name: "app_token", selector: { text: { type: "password" } } },
        ],
      },
      {
        name: "interactions",
        type: "expandable",
        flatten: true,
        icon: "mdi:gesture-tap",
        schema: gestures.map((gesture) => ({ name: `${gesture}_action`, selector: { ui_action: {} } })),
      },
    ],
    computeLabel: ({ name }, localize) =>
      own[name] ?? (localize(`ui.panel.lovelace.editor.card.generic.${name}`) || name),
    computeHelper: ({ name }) => help[name],
    assertConfig: (config) => void parseConfig(config, viewNames),
  };
}

/** What a new card starts with: the first heat pump of the house. */
export function stubConfig(hass: Hass): { readonly device: string } {
  return { device: firstHeatPumpOf(hass)?.id ?? "" };
}

/** A dashboard as "Add dashboard" offers it: `window.customStrategies`, since 2026.5. */
export type CustomStrategy = {
  readonly type: string;
  readonly strategyType: "dashboard";
  readonly name: string;
  readonly description: string;
  readonly documentationURL: string;
};

export const customStrategy: CustomStrategy = {
  type: "heatloop",
  strategyType: "dashboard",
  name: "Heatloop",
  get description() {
    return pageTexts().dashboard_description;
  },
  documentationURL: "https://github.com/heatloop/heatloop/blob/main/docs/card.md",
};

/** The card as the picker offers it; names follow the language that the page has when it is opened. */
export const customCard: CustomCard = {
  type: cardTag,
  get name() {
    return pageTexts().card_name;
  },
  get description() {
    return pageTexts().card_description;
  },
  preview: true,
  documentationURL: "https://github.com/heatloop/heatloop/blob/main/docs/card.md",
  getEntitySuggestion(hass, entityId) {
    const device = hass.entities[entityId]?.device_id;
    const known = device !== undefined && heatPumpsOf(hass).some(({ id }) => id === device);
    return known ? { config: { type: cardType, device } } : null;
  },
};
