import { setTimeout as passed } from "node:timers/promises";
import { secondMs } from "@heatloop/core/time/durations";
import type { CDPSession, Page } from "playwright-core";
import { builtCard } from "#test/lovelace-card/support/built-card.ts";
import { showCard } from "#test/lovelace-card/support/card-page.ts";
import { heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { openBrowser } from "#test/support/browser.ts";
import type { BenchFigure } from "../figure.ts";
import { alternately } from "../turns.ts";

const warmUps = 1;
const rounds = 5;
const turnMs = 6 * secondMs;
/** For what the browser does after a change. */
const settleMs = secondMs / 2;

/**
 * Per cent of a core that Chromium takes to show the view "now" while heat is made, against the same picture at rest; of a
 * house that has five changes a second, one of them of the heat pump's temperatures, as on any dashboard.
 */
export const cardPictureFigure: BenchFigure = {
  name: "card_picture_processor_vs_rest",
  against: "the same picture at rest",
  goal: { of: "ratio", is: "<=", limit: 3 },
  async measure() {
    const [browser, built] = await Promise.all([openBrowser(), builtCard()]);
    try {
      const session = await browser.newBrowserCDPSession();
      const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
      await showCard(page, built, { devices: [heatloopDevice("home")], home: { states: running }, width: 500 });
      await page.locator("heatloop-now .picture").waitFor();
      await page.evaluate(`setInterval(${change}, ${secondMs / 5})`);
      const turn = (operation: string, pump: string) => async () => {
        await page.evaluate(
          `setStates({ "sensor.home_operation": ["${operation}"], "binary_sensor.home_water_pump": ["${pump}"] })`,
        );
        return shareOf(page, session);
      };
      const turns = { ours: turn("heating", "on"), peer: turn("standby", "off") };
      return (await alternately(warmUps + rounds, turns)).slice(warmUps);
    } finally {
      await browser.close();
    }
  },
};

async function shareOf(page: Page, session: CDPSession): Promise<number> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(done))");
  await passed(settleMs);
  const [before, start] = [await processorS(session), performance.now()];
  await passed(turnMs);
  const s = (await processorS(session)) - before;
  return (100 * s * secondMs) / (performance.now() - start);
}

/** Of all processes of the browser that draw pages. */
async function processorS(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const drawing = processInfo.filter(({ type }) => type === "renderer" || type === "GPU");
  return drawing.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

// Runs in the page, so it is text: the scripts' TypeScript knows no DOM.
const change = `(() => {
  const number = (window.changes = (window.changes ?? 0) + 1);
  if (number % 5 === 0) setStates({ "sensor.home_flow_temperature": [String(35 + (number % 9) / 10)] });
  else setStates({ "sensor.other": [String(number)] });
})`;
