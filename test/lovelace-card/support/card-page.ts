import type { Page } from "playwright-core";
import type { BuiltCard } from "./built-card.ts";
import { type FakeDevice, fakeHome, type HomeOptions } from "./fake-home.ts";
import { serveCard } from "./served-card.ts";

/** The variables of Home Assistant's default themes that the card uses. */
const themes = {
  light: {
    "--primary-text-color": "#141414",
    "--secondary-text-color": "#727272",
    "--primary-background-color": "#fafafa",
    "--card-background-color": "#ffffff",
    "--divider-color": "rgba(0, 0, 0, 0.12)",
    "--primary-color": "#009ac7",
  },
  dark: {
    "--primary-text-color": "#e1e1e1",
    "--secondary-text-color": "#9b9b9b",
    "--primary-background-color": "#111111",
    "--card-background-color": "#1c1c1c",
    "--divider-color": "rgba(225, 225, 225, 0.12)",
    "--primary-color": "#009ac7",
  },
} as const;

export type Scene = {
  readonly devices: readonly FakeDevice[];
  readonly home?: HomeOptions;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly theme?: keyof typeof themes;
  /** Width of the card's place in px, and its height where the user fixed the rows. */
  readonly width?: number;
  readonly height?: number;
  readonly direction?: "ltr" | "rtl";
};

/** Puts the card onto a blank page as Home Assistant would: module, `ha-card`, theme, `hass`. */
export async function showCard(page: Page, built: BuiltCard, scene: Scene): Promise<void> {
  const { devices, home = {}, config = {}, theme = "light", width = 440, height, direction = "ltr" } = scene;
  const { hass } = fakeHome(devices, home);
  const entries = Object.fromEntries(
    devices.flatMap(({ entities }) => entities).map((entry) => [entry.entity_id, entry]),
  );
  await page.setContent(dashboardHtml({ theme, width, height, direction }));
  await page.addScriptTag({ type: "module", url: await serveCard(page, built) });
  const scenery = JSON.stringify({
    hass: { ...hass, connection: undefined, themes: { darkMode: theme === "dark" } },
    entries,
    config,
  });
  await page.evaluate(`${putCard}(${JSON.stringify(scenery)})`);
}

/** A page with an empty dashboard: Home Assistant's theme and its `ha-card`. */
export function dashboardHtml(look: Pick<Scene, "theme" | "direction"> & Size): string {
  const { theme = "light", width, height, direction = "ltr" } = look;
  return `<!doctype html><html lang="en" dir="${direction}"><head><title>Card</title><style>
    :root { ${Object.entries(themes[theme])
      .map((entry) => entry.join(": "))
      .join("; ")} }
    body { margin: 0; padding: 12px; font: 14px/1.4 Roboto, "Noto Sans", sans-serif; background: var(--primary-background-color); }
    main { width: ${width}px; ${height === undefined ? "" : `height: ${height}px`} }
    </style><script>${defineHaCard}</script></head><body><main aria-label="Dashboard"></main>`;
}

type Size = { readonly width: number; readonly height?: number | undefined };

/** What the frontend's own `ha-card` looks like; it is always there. */
const defineHaCard = `customElements.get("ha-card") ?? customElements.define("ha-card", class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML = \`<style>:host { display: block; box-sizing: border-box;
      background: var(--card-background-color); border: 1px solid var(--divider-color); border-radius: 12px;
      color: var(--primary-text-color); position: relative; }</style><slot></slot>\`;
  }
})`;

// Runs in the page, so it is text: the test's TypeScript knows no DOM.
const putCard = `(async (json) => {
  const { hass, entries, config } = JSON.parse(json);
  await customElements.whenDefined("heatloop-card");
  window.asked = [];
  window.home = { ...hass, connection: {},
    callService: async (...call) => { window.asked.push(call); },
    callWS: async ({ entity_ids }) => Object.fromEntries(entity_ids.map((id) => [id, entries[id] ?? null])) };
  window.setStates = (states) => {
    const next = { ...window.home.states };
    for (const [entity_id, [state, attributes]] of Object.entries(states)) {
      next[entity_id] = { entity_id, state, attributes: { ...next[entity_id]?.attributes, ...attributes } };
    }
    window.card.hass = window.home = { ...window.home, states: next };
  };
  const card = window.card = document.createElement("heatloop-card");
  window.events = [];
  for (const type of ["hass-more-info", "hass-action"]) {
    document.addEventListener(type, ({ detail }) => window.events.push([type, detail]));
  }
  card.setConfig({ type: "custom:heatloop-card", ...config });
  card.hass = window.home;
  document.querySelector("main").append(card);
})`;

/** Connects the card's Home Assistant, which asks the page's `answer` beyond the registry; `calls` are what it was asked. */
export const connectToAnswers = `(() => {
  const registry = home.callWS;
  window.calls = [];
  const callWS = (message) => {
    if (message.type.startsWith("config/")) return registry(message);
    calls.push(message);
    return answer(message);
  };
  card.hass = window.home = { ...home, connected: true, callWS };
})()`;
