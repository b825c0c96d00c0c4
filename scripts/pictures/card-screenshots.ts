import { join } from "node:path";
import { openFrontend } from "#test/home-assistant/frontend-page.ts";
import { openBrowser } from "#test/support/browser.ts";
import type { TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { standInForSupervisor } from "../supervisor-stand-in.ts";
import { cardViews as views } from "./screen-list.ts";

type Picture = {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height?: number;
  /** The whole window instead of the first card. */
  readonly whole?: true;
  readonly dark?: true;
  /** A range of the view to choose first. */
  readonly range?: string;
  /** Whether what is folded is shown. */
  readonly unfolded?: true;
};

const widths = {
  ...{ now: 800, control: 500, temperatures: 800, power: 800 },
  ...{ energy: 800, cycles: 800, curve: 800, rooms: 800, diagnostics: 800, downloads: 620 },
} as const;

const pictures: readonly Picture[] = [
  ...views.map((view) => ({ name: view, path: `card-pictures/${view}`, width: widths[view] })),
  { name: "temperatures-week", path: "card-pictures/temperatures", width: 800, range: "Week" },
  { name: "comparison", path: "card-pictures/energy", width: 800, unfolded: true },
  { name: "dark", path: "card-pictures/dark", width: 800, dark: true, range: "Day" },
  { name: "phone", path: "card-phone/0", width: 390, height: 844, whole: true },
  { name: "dashboard", path: "heat-pump/overview", width: 1400, height: 1000, whole: true },
];
const margin = 12;

/** Takes `card-<name>.png` of each picture into a folder; the dashboards that it needs are made first. */
export async function takeCardPictures(parts: {
  readonly home: TestHomeAssistant;
  readonly appUrl: string;
  readonly folder: string;
}): Promise<void> {
  const { home, appUrl, folder } = parts;
  await makeDashboards(home);
  const browser = await openBrowser();
  const frontend = await openFrontend(browser, home, { deviceScaleFactor: 2 });
  const { page } = frontend;
  await standInForSupervisor(page.context(), appUrl);
  for (const { name, path, width, height = 1400, whole, dark, range, unfolded } of pictures) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    await frontend.open(`/${path}`);
    const card = frontend.cards().first();
    await card.getByText(/\S/).first().waitFor();
    if (range !== undefined) await card.getByText(range, { exact: true }).click();
    if (unfolded) await card.locator("summary").first().click();
    await page.getByText("Loading").waitFor({ state: "detached" });
    // Charts are drawn at the next frames.
    await page.waitForTimeout(1500);
    const box = await card.boundingBox();
    if (box === null) throw new Error(`the card of ${name} is not shown`);
    const around = {
      x: Math.max(0, box.x - margin),
      y: Math.max(0, box.y - margin),
      width: Math.min(width, box.width + 2 * margin),
      height: box.height + 2 * margin,
    };
    await page.screenshot({ path: join(folder, `card-${name}.png`), ...(!whole && { clip: around }) });
  }
  for (const complaint of frontend.complaints()) console.error(complaint);
  await browser.close();
}

async function makeDashboards(home: TestHomeAssistant): Promise<void> {
  const card = (shown: readonly string[], title = "Heat pump") => ({
    type: "custom:heatloop-card",
    title,
    views: shown,
    electric_power: "sensor.heat_pump_power",
    grid_options: { columns: "full" },
  });
  const view = (path: string, ...cards: readonly object[]) => ({
    title: "Heat pump",
    path,
    type: "sections",
    max_columns: 2,
    sections: [{ type: "grid", column_span: 2, cards }],
  });
  const first = (name: string) => [name, ...views.filter((other) => other !== name)];
  const single = views.map((name) => view(name, card(name === "now" ? views : [name])));
  const dashboards = [
    ["card-pictures", { views: [...single, view("dark", card(first("temperatures")))] }],
    ["card-phone", { views: [view("phone", card(views), card(["energy"], "Energy"))] }],
    ["heat-pump", { strategy: { type: "custom:heatloop" } }],
  ] as const;
  for (const [url_path, config] of dashboards) {
    const show_in_sidebar = url_path === "heat-pump";
    await home.command({
      type: "lovelace/dashboards/create",
      url_path,
      title: "Heat pump",
      icon: "mdi:heat-pump",
      show_in_sidebar,
    });
    await home.command({ type: "lovelace/config/save", url_path, config });
  }
}
