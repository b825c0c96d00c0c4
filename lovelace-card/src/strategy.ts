import type { LovelaceCardConfig } from "custom-card-helpers";
import { cardType } from "./home-assistant/config.ts";
import { deviceName } from "./home-assistant/entity-name.ts";
import { deviceOf, entityIdsOf, heatPumpFrom, heatPumpsOf } from "./home-assistant/find-entities.ts";
import { registryEntries } from "./home-assistant/find-heat-pump.ts";
import type { DeviceEntry, Hass } from "./home-assistant/hass.ts";
import { labelOf } from "./look/view.ts";
import type { Texts } from "./text/languages/english.ts";
import { loadTexts, textsOf } from "./text/texts.ts";
import { type ViewName, viewOf } from "./views/views.ts";

/** The element that the frontend asks for a dashboard of `strategy: {type: custom:heatloop}`. */
export const strategyTag = "ll-strategy-dashboard-heatloop";

type Card = Readonly<LovelaceCardConfig>;
type DashboardView = {
  readonly title: string;
  readonly path: string;
  readonly icon: string;
  readonly type: "sections";
  readonly max_columns: number;
  readonly sections: readonly {
    readonly type: "grid";
    readonly column_span: number;
    readonly cards: readonly Card[];
  }[];
};
type Section = { readonly columns: number; readonly cards: readonly Card[] };
/** As a person wrote them: each card says what is wrong with them. */
type AppKeys = { readonly app_url?: unknown; readonly app_token?: unknown };
type StrategyConfig = AppKeys & { readonly device?: unknown };
export type Dashboard = { readonly views: readonly DashboardView[] };

/**
 * A whole dashboard: overview, energy, cycles, room feed, diagnostics and downloads of each heat pump of the house, or of
 * the one that `device` names (an id of Home Assistant's or of Heatloop's). Called anew each time it is opened. Its cards
 * have the address of Heatloop's app as they take it themselves.
 */
export async function dashboardOf(hass: Hass, wanted: unknown, app: AppKeys = {}): Promise<Dashboard> {
  await loadTexts(hass.language);
  const texts = textsOf(hass.language);
  const devices = typeof wanted === "string" && wanted !== "" ? [deviceOf(hass, wanted)] : heatPumpsOf(hass);
  const known = devices.filter((device) => device !== undefined);
  if (known.length === 0)
    return {
      views: [
        view(texts.overview, "overview", "mdi:heat-pump", [{ columns: 1, cards: [markdown(texts.no_heat_pump)] }]),
      ],
    };
  const ofDevices = await Promise.all(known.map((device) => viewsOf(hass, device, known.length > 1, texts, app)));
  return { views: ofDevices.flat() };
}

async function viewsOf(
  hass: Hass,
  device: DeviceEntry,
  isOneOfMany: boolean,
  texts: Texts,
  app: AppKeys,
): Promise<DashboardView[]> {
  const ids = entityIdsOf(hass, device.id);
  const entries = await registryEntries(hass, ids).catch(() => []);
  const { entities } = heatPumpFrom(device, entries);
  const label = (name: ViewName) => labelOf(viewOf(name), hass.language);
  const card = (shown: ViewName): Card => ({
    type: cardType,
    device: device.id,
    views: [shown],
    // The device's name is shown in the first card, or in the titles of the views.
    ...(shown !== "now" && { title: label(shown) }),
    ...app,
    grid_options: { columns: "full" },
  });
  const name = deviceName(device);
  const titled = (title: string) => (isOneOfMany ? `${name}: ${title}` : title);
  const path = (to: string) => (isOneOfMany ? `${to}-${device.id}` : to);
  const hasFeed = entities.has("room_feed_zone_1") || entities.has("room_feed_zone_2");
  return [
    view(titled(texts.overview), path("overview"), "mdi:heat-pump", [
      { columns: 2, cards: [card("now"), card("temperatures")] },
      { columns: 1, cards: [card("control")] },
    ]),
    view(titled(label("energy")), path("energy"), "mdi:lightning-bolt", [
      { columns: 2, cards: [card("energy"), card("power"), card("curve")] },
    ]),
    view(titled(label("cycles")), path("cycles"), "mdi:chart-timeline", [{ columns: 2, cards: [card("cycles")] }]),
    ...(hasFeed
      ? [
          view(titled(label("rooms")), path("room-feed"), "mdi:home-thermometer", [
            { columns: 2, cards: [card("rooms")] },
          ]),
        ]
      : []),
    view(titled(label("diagnostics")), path("diagnostics"), "mdi:stethoscope", [
      { columns: 2, cards: [card("diagnostics")] },
    ]),
    view(titled(label("downloads")), path("downloads"), "mdi:download", [{ columns: 2, cards: [card("downloads")] }]),
  ];
}

function markdown(content: string): Card {
  return { type: "markdown", content };
}

/** A view of sections side by side, each as wide as its columns. */
function view(title: string, path: string, icon: string, sections: readonly Section[]): DashboardView {
  return {
    title,
    path,
    icon,
    type: "sections",
    max_columns: sections.reduce((sum, { columns }) => sum + columns, 0),
    sections: sections.map(({ columns, cards }) => ({ type: "grid", column_span: columns, cards })),
  };
}

/** What the frontend calls; it is no element that is ever shown. */
export class HeatloopStrategy extends HTMLElement {
  static generate({ device, app_url, app_token }: StrategyConfig, hass: Hass): Promise<Dashboard> {
    return dashboardOf(hass, device, { ...(app_url !== undefined && { app_url, app_token }) });
  }
}
