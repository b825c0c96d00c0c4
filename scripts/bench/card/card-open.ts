import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { secondMs } from "@heatloop/core/time/durations";
import type { BrowserContext } from "playwright-core";
import { builtCard, entryFile } from "#test/lovelace-card/support/built-card.ts";
import { dashboardHtml } from "#test/lovelace-card/support/card-page.ts";
import { fakeHome, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { openBrowser } from "#test/support/browser.ts";
import type { BenchFigure } from "../figure.ts";
import { alternately } from "../turns.ts";
import { tilesScript } from "./tiles.ts";

const warmUps = 3;
const rounds = 15;

/**
 * Processor time of a page's thread from opening a dashboard, whose scripts the browser has, until the card with the view
 * "now" is painted; against plain tiles of as many entities as that house has, on the same page. What else the machine
 * does shows in it less than in the time that passes.
 */
export const dashboardOpenFigure: BenchFigure = {
  name: "dashboard_open_warm_processor_ms",
  against: "plain Lit tiles of as many entities",
  goal: { of: "ratio", is: "<=", limit: 1.3 },
  async measure() {
    const dashboards = await serveDashboards();
    const browser = await openBrowser();
    try {
      const context = await browser.newContext({
        viewport: { width: 1000, height: 900 },
        locale: "en-GB",
        timezoneId: "Europe/Rome",
      });
      const open = (kind: Kind) => () => processorMsOf(context, `${dashboards.url}/${kind}.html`);
      const turns = await alternately(warmUps + rounds, { ours: open("card"), peer: open("tiles") });
      return turns.slice(warmUps);
    } finally {
      await browser.close();
      dashboards.close();
    }
  },
};

type Kind = "card" | "tiles";

async function processorMsOf(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(url, { waitUntil: "commit" });
    await page.evaluate("opened");
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * secondMs;
  } finally {
    await page.close();
  }
}

/** Two dashboards of one house; what a script imports may be kept by the browser. */
async function serveDashboards(): Promise<{ readonly url: string; close(): void }> {
  const [card, tiles] = [await builtCard(), await tilesScript()];
  const pages: Readonly<Record<string, string>> = { "/card.html": pageOf("card"), "/tiles.html": pageOf("tiles") };
  const scripts = new Map([...card, ["tiles.js", tiles]]);
  const server = createServer(({ url = "" }, response) => {
    const path = url.split("?")[0] ?? "";
    const page = pages[path];
    const body = page ?? scripts.get(path.slice(1));
    const type = page === undefined ? "text/javascript" : "text/html";
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": page === undefined ? "public, max-age=31536000, immutable" : "no-store",
    });
    response.end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

function pageOf(kind: Kind): string {
  const device = heatloopDevice("home");
  const { hass } = fakeHome([device], { states: running });
  const entries = Object.fromEntries(device.entities.map((entry) => [entry.entity_id, entry]));
  const scene = JSON.stringify({ hass: { ...hass, connection: undefined, themes: { darkMode: false } }, entries });
  const script = kind === "card" ? entryFile : "tiles.js";
  return `${dashboardHtml({ width: 980 })}<script>let done; const opened = new Promise((resolve) => (done = resolve));</script>
  <script type="module">
    const { hass, entries } = ${scene.replaceAll("<", "\\u003c")};
    const home = { ...hass, connection: {},
      callWS: async ({ entity_ids = [] }) => Object.fromEntries(entity_ids.map((id) => [id, entries[id] ?? null])) };
    await import("/${script}?v=1");
    const main = document.querySelector("main");
    ${putOf[kind]}
    const look = () => requestAnimationFrame(() => {
      if (!isDrawn()) look();
      else requestAnimationFrame(done);
    });
    look();
  </script>`;
}

// These run in the page, so they are text: the scripts' TypeScript knows no DOM.
const putOf = {
  card: `
    const card = document.createElement("heatloop-card");
    card.setConfig({ type: "custom:heatloop-card" });
    card.hass = home;
    main.append(card);
    const isDrawn = () => card.shadowRoot?.querySelector("heatloop-now")?.shadowRoot?.querySelector(".picture");`,
  tiles: `
    const tiles = Object.keys(home.states).map((entity) =>
      Object.assign(document.createElement("plain-tile"), { config: { entity }, hass: home }));
    main.append(...tiles);
    const isDrawn = () => tiles.every((tile) => tile.shadowRoot?.querySelector(".state"));`,
} as const satisfies Record<Kind, string>;
