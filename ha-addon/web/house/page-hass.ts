import type { Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import type { Api } from "../api/api.ts";
import type { LiveData } from "../live/live-data.ts";
import type { PageEntities } from "./entities.ts";
import { historyAnswer } from "./history-answer.ts";
import { hoursAnswer } from "./hours-answer.ts";
import { meansAnswer } from "./statistics-answer.ts";

/** Under which the views look for Heatloop's app, which is where this page comes from. */
const appSlug = "local_heatloop";

/** What the views ask of Home Assistant's websocket. */
type Question = { readonly type: string } & Readonly<Record<string, unknown>>;

/** One heat pump of the page, as long as the page shows it. */
export type PageHouse = {
  readonly api: Api;
  /** Heatloop's id of the heat pump. */
  readonly device: string;
  /** The same object for as long as the page lives: the views keep what they know by it. */
  readonly connection: object;
  /** As the browser has it, such as `de-CH`. */
  readonly language: string;
};

/**
 * Home Assistant as the card's views see it, played by the page: states come from `/ws`, the past from the API. So the
 * page shows the same views by the same code, and needs no Home Assistant.
 */
export function pageHass(house: PageHouse, live: LiveData, { states }: PageEntities): Hass {
  const { language, connection } = house;
  return {
    states,
    entities: {},
    devices: {},
    language,
    locale: localeOf(language),
    config: {
      time_zone: live.timeZone,
      unit_system: { temperature: "°C" },
      components: ["hassio", "history", "recorder"],
    },
    connected: live.connection === "connected",
    connection,
    callService: () => Promise.reject(new Error("The page changes nothing of the heat pump.")),
    callWS: <T>(question: Question) => answerOf(house, question) as Promise<T>,
  };
}

/** The same object for a language: the views draw anew for another one. */
const locales = new Map<string, Hass["locale"]>();

function localeOf(language: string): Hass["locale"] {
  const known = locales.get(language) ?? {
    ...{ language, number_format: "language", time_format: "language" },
    ...{ time_zone: "server", first_weekday: "language" },
  };
  locales.set(language, known);
  return known;
}

async function answerOf(house: PageHouse, question: Question): Promise<unknown> {
  const { api, device } = house;
  const span = { from: Date.parse(String(question.start_time)), to: Date.parse(String(question.end_time)) };
  const ids = (question.entity_ids ?? question.statistic_ids ?? []) as readonly string[];
  switch (question.type) {
    case "supervisor/api":
      return supervisorAnswer(String(question.endpoint));
    case "history/history_during_period":
      return historyAnswer(api, device, ids, span);
    case "recorder/statistics_during_period":
      if ((question.types as readonly string[]).includes("change")) {
        // Days and months are the report's, which the views ask the app for: it would only be read twice.
        if (question.period !== "hour") throw new Error("the page has no statistics of days");
        return hoursAnswer(api, device, span);
      }
      return meansAnswer(api, device, ids, {
        ...span,
        period: question.period as "5minute" | "hour",
        powerUnit: (question.units as { readonly power?: string } | undefined)?.power ?? "W",
      });
    default:
      throw new Error(`the page has no answer to ${question.type}`);
  }
}

function supervisorAnswer(endpoint: string): unknown {
  if (endpoint === "/ingress/panels") return { panels: { [appSlug]: {} } };
  return { state: "started", ingress_url: new URL(".", document.baseURI).pathname };
}
