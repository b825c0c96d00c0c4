import type { CDPSession, Page } from "playwright-core";
import { builtCard, chartsFile, entryFile, gzipKb } from "#test/lovelace-card/support/built-card.ts";
import { showTemperatures } from "#test/lovelace-card/support/temperatures-page.ts";
import { openBrowser } from "#test/support/browser.ts";
import type { BenchFigure, Measured } from "./figure.ts";

/** What a dashboard loads first, gzip -9, against what power-flow-card-plus 0.3.6 is (not on a registry: measured once). */
export const cardSizeFigure: BenchFigure = {
  name: "card_gzip_kb",
  goal: { of: "ours", is: "<=", limit: 60 },
  async measure() {
    return { ours: gzipKb(await builtCard(), entryFile), peer: 74.2 };
  },
};

/** All of the card, charts included, against what mushroom 5.2.2 is (not on a registry: built once from its source). */
export const cardWithChartsSizeFigure: BenchFigure = {
  name: "card_with_charts_gzip_kb",
  goal: { of: "ratio", is: "<=", limit: 0.75 },
  async measure() {
    const card = await builtCard();
    return { ours: gzipKb(card, entryFile, chartsFile(card)), peer: 177.7 };
  },
};

/** Script of a change of `hass` that concerns nothing of the card, in a house of 2000 entities. */
export const cardOtherChangeFigure: BenchFigure = {
  name: "card_other_change_ms",
  goal: { of: "ours", is: "<=", limit: 0.1 },
  measure: () => onCard((page) => page.evaluate(`(${otherChanges})()`) as Promise<Measured>),
};

/** Script of a new flow temperature with a day on the chart, from `hass` until all is drawn. */
export const cardUpdateFigure: BenchFigure = {
  name: "card_live_update_ms",
  goal: { of: "ours", is: "<=", limit: 8 },
  measure: () => onCard((page) => page.evaluate(`(${liveUpdates})()`) as Promise<Measured>),
};

/** MB of the page's heap after a week of live updates, against those after its first two days. */
export const cardMemoryFigure: BenchFigure = {
  name: "card_week_heap_mb",
  goal: { of: "ratio", is: "<=", limit: 1.05 },
  measure: () =>
    onCard(async (page) => {
      const session = await page.context().newCDPSession(page);
      await page.evaluate(letTimePass);
      await page.evaluate("pass(2)");
      const peer = await heapMb(session);
      await page.evaluate("pass(5)");
      return { ours: await heapMb(session), peer };
    }),
};

async function onCard(measure: (page: Page) => Promise<Measured>): Promise<Measured> {
  const [browser, built] = await Promise.all([openBrowser(), builtCard()]);
  try {
    const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
    await showTemperatures(page, built);
    await page.locator("heatloop-chart .legend .swatch").first().waitFor();
    await page.evaluate(`window.drawn = async () => {
      const view = card.shadowRoot.querySelector("heatloop-temperatures");
      await card.updateComplete;
      await view.updateComplete;
      await view.shadowRoot.querySelector("heatloop-chart").updateComplete;
    }`);
    return await measure(page);
  } finally {
    await browser.close();
  }
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  return (usedSize + backingStorageSize) / 1e6;
}

// What follows runs in the page, so it is text: the scripts' TypeScript knows no DOM.
const otherChanges = `async () => {
  const states = { ...home.states };
  for (let other = 0; other < 2000; other++) states["sensor.other_" + other] = { entity_id: "", state: "0", attributes: {} };
  card.hass = window.home = { ...home, states };
  await drawn();
  const changes = Array.from({ length: 2000 }, (_, other) => ({ ...home, states: { ...states,
    ["sensor.other_" + other]: { entity_id: "", state: "1", attributes: {} } } }));
  const times = [];
  for (const change of changes) {
    const start = performance.now();
    card.hass = change;
    await undefined;
    times.push(performance.now() - start);
  }
  return { ours: times.reduce((sum, time) => sum + time, 0) / times.length, peer: null };
}`;

const liveUpdates = `async () => {
  const times = [];
  for (let update = 0; update < 60; update++) {
    await new Promise((done) => requestAnimationFrame(done));
    const start = performance.now();
    tell({ "sensor.home_flow_temperature": [String(30 + update / 10), { unit_of_measurement: "°C" }] });
    await drawn();
    times.push(performance.now() - start);
  }
  return { ours: times.sort((a, b) => a - b)[30], peer: null };
}`;

const letTimePass = `(() => {
  let now = Date.now();
  Date.now = () => now;
  window.pass = async (days) => {
    for (const end = now + days * 86400000; now < end; ) {
      now += 120000;
      tell({
        "sensor.home_flow_temperature": [String(30 + (now / 120000) % 9), { unit_of_measurement: "°C" }],
        "sensor.home_return_temperature": [String(26 + (now / 120000) % 7), { unit_of_measurement: "°C" }],
        "sensor.home_operation": [(now / 120000) % 30 < 3 ? "defrost" : "heating", {}],
      });
      await drawn();
    }
  };
})()`;
