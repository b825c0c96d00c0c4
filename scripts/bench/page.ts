import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startWeb } from "@heatloop/ha-addon/web/web";
import type { Browser } from "playwright-core";
import { openBrowser } from "#test/support/browser.ts";
import { exampleParts } from "#test/support/examples/web.ts";
import type { BenchFigure, Measured } from "./figure.ts";
import { alternately } from "./turns.ts";

const warmUps = 2;
const rounds = 11;

/** From asking for the page until a person reads what the heat pump does, each time in an empty cache. */
export const pagePaintFigure: BenchFigure = {
  name: "page_first_paint_ms",
  against: "a static page of as many bytes that says the same",
  goal: { of: "ratio", is: "<=", limit: 1.5 },
  measure: () =>
    withPages(async (browser, urls) => {
      const turns = await alternately(warmUps + rounds, {
        ours: async () => (await opened(browser, urls.ours)).paintedMs,
        peer: async () => (await opened(browser, urls.peer)).paintedMs,
      });
      return turns.slice(warmUps);
    }),
};

/** kB that the browser is sent before the first view is there, compressed. */
export const pageSizeFigure: BenchFigure = {
  name: "page_first_kb",
  goal: { of: "ours", is: "<=", limit: 120 },
  measure: () =>
    withPages(async (browser, urls) => ({ ours: (await opened(browser, urls.ours)).bytes / 1000, peer: null })),
};

type Urls = { readonly ours: string; readonly peer: string };

async function withPages<T extends Measured | readonly Measured[]>(
  measure: (browser: Browser, urls: Urls) => Promise<T>,
): Promise<T> {
  const parts = await exampleParts();
  const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  const browser = await openBrowser();
  try {
    const { bytes } = await opened(browser, web.url);
    const peer = await staticPage(bytes);
    try {
      return await measure(browser, { ours: web.url, peer: peer.url });
    } finally {
      peer.close();
    }
  } finally {
    await browser.close();
    await web.close();
    await parts.clean();
  }
}

/** A page of so many bytes whose text comes after them. */
async function staticPage(bytes: number): Promise<{ readonly url: string; close(): void }> {
  const end = "--><h2>Heating</h2>";
  const text = `<!doctype html><meta charset="utf-8"><title>Heatloop</title><!--${"x".repeat(Math.max(0, bytes - 80))}${end}`;
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8").end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function opened(browser: Browser, url: string): Promise<{ readonly paintedMs: number; readonly bytes: number }> {
  if (!/<h2>Heating<\/h2>/.test(await (await fetch(url)).text())) throw new Error(`${url} is sent without its heading`);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "commit" });
    return (await page.evaluate(untilPainted)) as Awaited<ReturnType<typeof opened>>;
  } finally {
    await context.close();
  }
}

/**
 * It runs in the page, so it is text: the scripts' TypeScript knows no DOM. What is painted first has the heading in it, as the
 * page is sent with it.
 */
const untilPainted = `new Promise((done) => {
  const page = document.querySelector("heatloop-page");
  const heading = () => page === null
    ? document.querySelector("h2")
    : page.shadowRoot?.querySelector("page-live")?.shadowRoot?.querySelector("h2");
  const bytes = () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  const look = () => requestAnimationFrame(() => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    if (painted !== undefined && heading()?.textContent) done({ paintedMs: painted.startTime, bytes: bytes() });
    else look();
  });
  look();
})`;
