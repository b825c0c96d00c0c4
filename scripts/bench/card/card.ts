import type { Browser, CDPSession, Page } from "playwright-core";
import { type BuiltCard, builtCard, chartsFile, entryFile, gzipKb } from "#test/lovelace-card/support/built-card.ts";
import { showTemperatures } from "#test/lovelace-card/support/temperatures-page.ts";
import { openBrowser } from "#test/support/browser.ts";
import type { BenchFigure, Measured } from "../figure.ts";
import { alternately } from "../turns.ts";
import { minutesOf } from "./card-charts.ts";
import { chartScripts, timeChart } from "./chart-page.ts";
import { peerCardScript } from "./peer-card.ts";

/** What is measured in each page first is how fast the browser gets used to it. */
const warmUps = 1;
const rounds = 7;

/** What a dashboard loads first, gzip -9. The peer is not on a registry: it was measured once. */
export const cardSizeFigure: BenchFigure = {
  name: "card_gzip_kb",
  against: "power-flow-card-plus 0.3.6",
  goal: { of: "ours", is: "<=", limit: 60 },
  async measure() {
    return { ours: gzipKb(await builtCard(), entryFile), peer: 74.2 };
  },
};

/** The card with its charts. The peer is not on a registry: it was built once from its source. */
export const cardWithChartsSizeFigure: BenchFigure = {
  name: "card_with_charts_gzip_kb",
  against: "mushroom 5.2.2",
  goal: { of: "ratio", is: "<=", limit: 0.75 },
  async measure() {
    const card = await builtCard();
    return { ours: gzipKb(card, entryFile, chartsFile(card)), peer: 177.7 };
  },
};

/**
 * Script of a new flow temperature with a day on the chart, from `hass` until all of the card is drawn; of uPlot a point to
 * each of four lines of a day.
 */
export const cardUpdateFigure: BenchFigure = {
  name: "card_live_update_ms",
  against: "uPlot alone",
  goal: { of: "ratio", is: "<=", limit: 3 },
  measure: () =>
    inBrowser(async (browser, built) => {
      const { uplot } = await chartScripts();
      const page = await openCard(browser, built);
      return turnsOf({
        ours: () => page.evaluate(`(${liveUpdates})()`) as Promise<number>,
        async peer() {
          const peerPage = await browser.newPage({ viewport: { width: 1000, height: 600 } });
          const { updateMs } = await timeChart(peerPage, "uplot", uplot, minutesOf.day);
          await peerPage.close();
          return updateMs;
        },
      });
    }),
};

/** Script of a change of `hass` that does not concern the card, which follows some twenty of a house's 2000 entities. */
export const cardOtherChangeFigure: BenchFigure = {
  name: "card_other_change_ms",
  against: "a Lit card of one entity with custom-card-helpers",
  goal: { of: "ratio", is: "<=", limit: 4 },
  measure: () =>
    inBrowser(async (browser, built) => {
      const page = await openCard(browser, built);
      await page.addScriptTag({ content: await peerCardScript() });
      await page.evaluate(`window.otherChanges = ${otherChanges}`);
      return turnsOf({
        ours: () => page.evaluate("otherChanges(card)") as Promise<number>,
        peer: () => page.evaluate("otherChanges(peerCard)") as Promise<number>,
      });
    }),
};

/** MB of the page's heap after a week of live updates. */
export const cardMemoryFigure: BenchFigure = {
  name: "card_week_heap_mb",
  against: "the same page five days before",
  goal: { of: "ratio", is: "<=", limit: 1.05 },
  measure: () =>
    inBrowser(async (browser, built) => {
      const page = await openCard(browser, built);
      const session = await page.context().newCDPSession(page);
      await page.evaluate(letTimePass);
      await page.evaluate("pass(2)");
      const peer = await heapMb(session);
      await page.evaluate("pass(5)");
      return { ours: await heapMb(session), peer };
    }),
};

async function inBrowser<Result>(measure: (browser: Browser, built: BuiltCard) => Promise<Result>): Promise<Result> {
  const [browser, built] = await Promise.all([openBrowser(), builtCard()]);
  try {
    return await measure(browser, built);
  } finally {
    await browser.close();
  }
}

async function turnsOf(contestants: Readonly<Record<"ours" | "peer", () => Promise<number>>>): Promise<Measured[]> {
  return (await alternately(warmUps + rounds, contestants)).slice(warmUps);
}

/** A page with the temperatures of a day; `drawn()` in it waits until all is. */
async function openCard(browser: Browser, built: BuiltCard): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
  await showTemperatures(page, built);
  await page.locator("heatloop-chart .legend .swatch").first().waitFor();
  await page.evaluate(`window.drawn = async () => {
    const view = card.shadowRoot.querySelector("heatloop-temperatures");
    await card.updateComplete;
    await view.updateComplete;
    await view.shadowRoot.querySelector("heatloop-chart").updateComplete;
  }`);
  return page;
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  return (usedSize + backingStorageSize) / 1e6;
}

// What follows runs in the page, so it is text: the scripts' TypeScript knows no DOM.
const otherChanges = `async (card) => {
  const states = { ...home.states };
  for (let other = 0; other < 2000; other++) states["sensor.other_" + other] = { entity_id: "", state: "0", attributes: {} };
  card.hass = { ...home, states };
  await card.updateComplete;
  const changes = Array.from({ length: 500 }, (_, other) => ({ ...home, states: { ...states,
    ["sensor.other_" + other]: { entity_id: "", state: "1", attributes: {} } } }));
  const start = performance.now();
  for (let lap = 0; lap < 20; lap++) {
    for (const change of changes) {
      card.hass = change;
      await card.updateComplete;
    }
  }
  return (performance.now() - start) / changes.length / 20;
}`;

const liveUpdates = `async () => {
  let sum = 0;
  for (let update = 0; update < 15; update++) {
    await new Promise((done) => requestAnimationFrame(done));
    const start = performance.now();
    setStates({ "sensor.home_flow_temperature": [String(30 + Math.random() * 9), { unit_of_measurement: "°C" }] });
    await drawn();
    sum += performance.now() - start;
  }
  return sum / 15;
}`;

const letTimePass = `(() => {
  let now = Date.now();
  Date.now = () => now;
  window.pass = async (days) => {
    for (const end = now + days * 86400000; now < end; ) {
      now += 120000;
      setStates({
        "sensor.home_flow_temperature": [String(30 + (now / 120000) % 9), { unit_of_measurement: "°C" }],
        "sensor.home_return_temperature": [String(26 + (now / 120000) % 7), { unit_of_measurement: "°C" }],
        "sensor.home_operation": [(now / 120000) % 30 < 3 ? "defrost" : "heating", {}],
      });
      await drawn();
    }
  };
})()`;
