import { cardType } from "./config.ts";
import type { EntityIds, HeatPumpEntity } from "./entity-id.ts";
import { deviceOf, entityIdsOf, heatPumpFrom, heatPumpsOf } from "./find-entities.ts";
import { registryEntries } from "./find-heat-pump.ts";
import type { DeviceEntry, Hass } from "./hass.ts";
import { textsOf } from "./language.ts";
import type { Texts } from "./texts/english.ts";
import type { ViewName } from "./view-names.ts";

/** The element that the frontend asks for a dashboard of `strategy: {type: custom:heatloop}`. */
export const strategyTag = "ll-strategy-dashboard-heatloop";

type Card = Readonly<Record<string, unknown>> & { readonly type: string };
type DashboardView = {
  readonly title: string;
  readonly path: string;
  readonly icon: string;
  readonly type: "sections";
  readonly max_columns: number;
  readonly sections: readonly {
    readonly type: "grid";
    readonly column_span?: number;
    readonly cards: readonly Card[];
  }[];
};
export type Dashboard = { readonly views: readonly DashboardView[] };

/**
 * A whole dashboard: overview, energy, cycles, room feed, diagnostics and downloads of each heat pump of the house, or of
 * the one that `device` names (an id of Home Assistant's or of Heatloop's). Called anew each time it is opened.
 */
export async function dashboardOf(hass: Hass, wanted: unknown): Promise<Dashboard> {
  const texts = textsOf(hass.language);
  const devices = typeof wanted === "string" && wanted !== "" ? [deviceOf(hass, wanted)] : heatPumpsOf(hass);
  const known = devices.filter((device) => device !== undefined);
  if (known.length === 0)
    return { views: [view(texts.overview, "overview", "mdi:heat-pump", [[markdown(texts.no_heat_pump)]])] };
  const views = await Promise.all(known.map((device) => viewsOf(hass, device, known.length > 1, texts)));
  return { views: views.flat() };
}

async function viewsOf(hass: Hass, device: DeviceEntry, isOneOfMany: boolean, texts: Texts): Promise<DashboardView[]> {
  const ids = entityIdsOf(hass, device.id);
  const entries = await registryEntries(hass, ids).catch(() => []);
  const { entities } = heatPumpFrom(device, entries);
  const card = (views: readonly ViewName[]): Card => ({
    type: cardType,
    device: device.id,
    views,
    grid_options: { columns: "full" },
  });
  const name = device.name_by_user ?? device.name ?? "";
  const titled = (title: string) => (isOneOfMany ? `${name}: ${title}` : title);
  const path = (to: string) => (isOneOfMany ? `${to}-${device.id}` : to);
  const feed = roomFeedCards(entities, texts);
  const diagnostics = ids.filter((id) => hass.entities[id]?.entity_category === "diagnostic");
  return [
    view(titled(texts.overview), path("overview"), "mdi:heat-pump", [
      [card(["now"])],
      [card(["control"])],
      [card(["temperatures"])],
    ]),
    view(titled(texts.view_energy), path("energy"), "mdi:lightning-bolt", [[card(["energy"])]]),
    view(titled(texts.view_cycles), path("cycles"), "mdi:chart-timeline", [[card(["cycles"])]]),
    ...(feed.length > 0 ? [view(titled(texts.room_feed), path("room-feed"), "mdi:home-thermometer", [feed])] : []),
    ...(diagnostics.length > 0
      ? [view(titled(texts.diagnostics), path("diagnostics"), "mdi:stethoscope", [[entitiesCard(diagnostics)]])]
      : []),
    view(titled(texts.view_downloads), path("downloads"), "mdi:download", [[card(["downloads"])]]),
  ];
}

function roomFeedCards(entities: EntityIds, texts: Texts): Card[] {
  const of = (ids: readonly HeatPumpEntity[]) => ids.map((id) => entities.get(id)).filter((id) => id !== undefined);
  return ([1, 2] as const).flatMap((zone) => {
    const shown = of([
      `room_feed_zone_${zone}`,
      `room_feed_zone_${zone}_sent`,
      `room_feedback_zone_${zone}`,
      `room_source_zone_${zone}`,
    ]);
    if (!entities.has(`room_feed_zone_${zone}`)) return [];
    const curves = of([`room_feed_zone_${zone}_sent`, `zone_${zone}_room_temperature`]);
    const graph = { type: "history-graph", entities: curves, hours_to_show: 48, grid_options: { columns: "full" } };
    return [
      { type: "heading", heading: texts.zone.replace("{zone}", String(zone)) },
      entitiesCard(shown),
      ...(curves.length > 0 ? [graph] : []),
    ];
  });
}

function entitiesCard(entities: readonly string[]): Card {
  return { type: "entities", entities, show_header_toggle: false, grid_options: { columns: "full" } };
}

function markdown(content: string): Card {
  return { type: "markdown", content };
}

/** A view of sections side by side; a section alone gets the whole width. */
function view(title: string, path: string, icon: string, sections: readonly (readonly Card[])[]): DashboardView {
  const isAlone = sections.length === 1;
  return {
    title,
    path,
    icon,
    type: "sections",
    max_columns: isAlone ? 2 : 3,
    sections: sections.map((cards) => ({ type: "grid", ...(isAlone && { column_span: 2 }), cards })),
  };
}

/** What the frontend calls; it is no element that is ever shown. */
export class HeatloopStrategy extends HTMLElement {
  static generate(config: { readonly device?: unknown }, hass: Hass): Promise<Dashboard> {
    return dashboardOf(hass, config.device);
  }
}
