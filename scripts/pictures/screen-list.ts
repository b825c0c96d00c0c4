import { pageViews } from "#test/browser/page/page-stand.ts";
import type { TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";

export const languages = ["en", "de", "it"] as const;
export const themes = ["light", "dark"] as const;
/** Tall enough for the whole of most views. */
export const sizes = { phone: { width: 390, height: 1800 }, desktop: { width: 1400, height: 1500 } } as const;

/** What a picture is taken of: the first card, the whole dashboard, or a page of the program. */
export type Screen = {
  readonly name: string;
  readonly of: "card" | "dashboard" | "program";
  readonly path: string;
};

/** The views of the card, in the order of its tabs. */
export const cardViews = [
  "now",
  "temperatures",
  "power",
  "energy",
  "cycles",
  "curve",
  "rooms",
  "control",
  "diagnostics",
  "downloads",
] as const;
/** Heights that a person may fix, in rows of a section. */
const fixedRows = [1, 2, 4] as const;
const dashboardViews = ["overview", "energy", "cycles", "room-feed", "diagnostics", "downloads"] as const;

export const screens: readonly Screen[] = [
  ...cardViews.map((view) => ({ name: `card-${view}`, of: "card" as const, path: `/all-screens/${view}` })),
  ...fixedRows.map((rows) => ({ name: `rows-${rows}`, of: "dashboard" as const, path: `/all-screens/rows-${rows}` })),
  ...dashboardViews.map((view) => ({
    name: `dashboard-${view}`,
    of: "dashboard" as const,
    path: `/heat-pump/${view}`,
  })),
  ...pageViews.map((view) => ({ name: `page-${view}`, of: "program" as const, path: `/#/${view}` })),
  {
    name: "report",
    of: "program",
    path: "/api/devices/ecodan-heatpump/report",
  },
];

/** The dashboards that the screens are of. */
export async function makeScreenDashboards(home: TestHomeAssistant): Promise<void> {
  const card = (view: string, grid: object) => ({
    ...{ type: "custom:heatloop-card", views: [view], electric_power: "sensor.heat_pump_power" },
    grid_options: grid,
  });
  const view = (path: string, cards: readonly object[]) => ({
    ...{ title: path, path, type: "sections", max_columns: 2 },
    sections: [{ type: "grid", column_span: 2, cards }],
  });
  const dashboards = {
    "all-screens": {
      views: [
        ...cardViews.map((name) => view(name, [card(name, { columns: "full" })])),
        ...fixedRows.map((rows) =>
          view(
            `rows-${rows}`,
            cardViews.map((name) => card(name, { columns: 12, rows })),
          ),
        ),
      ],
    },
    "heat-pump": { strategy: { type: "custom:heatloop" } },
  };
  for (const [url_path, config] of Object.entries(dashboards)) {
    await home.command({ type: "lovelace/dashboards/create", url_path, title: url_path });
    await home.command({ type: "lovelace/config/save", url_path, config });
  }
}
