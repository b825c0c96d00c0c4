import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type FrontendPage, openFrontend } from "./frontend-page.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

export const home = {
  prefix: "ecodan-heatpump",
  language: "en",
  zones: 1,
  rooms: 3,
  settings: { room_source_zone_1: "home_assistant" },
} as const;
const rooms = ["living_room", "bedroom", "kitchen"].map((id) => ({ entity: `climate.${id}_thermostat` }));

export type CardConfig = Readonly<Record<string, unknown>>;
type DashboardConfig = {
  readonly views: readonly { readonly sections: readonly { readonly cards: CardConfig[] }[] }[];
};

/**
 * A whole house for the tests of a file, in whose Home Assistant the program has installed the card, and its frontend in
 * a browser. The dashboard `/test-house/0` has one section, which is empty at first.
 */
export function cardHouse() {
  let house: WholeHouse;
  let browser: Browser;
  let frontend: FrontendPage;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startWholeHouse([home], { speed: 3 }), openBrowser()]);
    const { homeAssistant, program } = house;
    await program.changeSettings({ card: { install: true }, rooms });
    const isInstalled = async () =>
      (await homeAssistant.command<{ url: string }[]>({ type: "lovelace/resources" })).length === 1;
    await waitFor(isInstalled, "the program installs the card");
    await homeAssistant.command({ type: "lovelace/dashboards/create", url_path: "test-house", title: "House" });
    await saveCards([]);
    frontend = await openFrontend(browser, homeAssistant);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  async function saveCards(cards: readonly CardConfig[]): Promise<void> {
    const config = { views: [{ title: "Home", type: "sections", sections: [{ type: "grid", cards }] }] };
    await house.homeAssistant.command({ type: "lovelace/config/save", url_path: "test-house", config });
  }

  return {
    house: () => house,
    homeAssistant: () => house.homeAssistant,
    frontend: () => frontend,
    page: (): Page => frontend.page,
    tab: (name: string) => frontend.cards().getByRole("tab", { name, exact: true }),
    saveCards,
    async savedCards(): Promise<readonly CardConfig[]> {
      const message = { type: "lovelace/config", url_path: "test-house", force: true };
      const config = await house.homeAssistant.command<DashboardConfig>(message);
      return config.views.flatMap(({ sections }) => sections.flatMap(({ cards }) => cards));
    },
    /** What the frontend and Home Assistant complained of. */
    complaints: () => [...frontend.complaints(), ...house.homeAssistant.complaints(/heatloop|ecodan|frontend\.js/i)],
  };
}
