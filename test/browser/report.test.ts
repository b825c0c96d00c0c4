import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { report } from "@heatloop/core/report";
import { datesBetween } from "@heatloop/core/time/local-day";
import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { startWeb } from "@heatloop/ha-addon/web/web";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayOf, rome } from "#test/core/examples/example-days.ts";
import { openBrowser } from "#test/support/browser.ts";
import { exampleReport } from "#test/support/examples/report.ts";
import { exampleParts } from "#test/support/examples/web.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Sixty days, with a week of which nothing is known. */
function sixtyDays(): string {
  const dates = datesBetween("2026-02-01", "2026-04-01");
  const days = dates
    .filter((date) => date < "2026-02-20" || date > "2026-02-26")
    .map((date, index) =>
      dayOf(date, [
        { operation: "heating", minutes: 300 - index, heatWh: 100, electricityWh: 25 + (index % 7) },
        { operation: "defrost", minutes: 10, heatWh: -60, electricityWh: 12 },
        { operation: "hot_water", minutes: 60, heatWh: 80, electricityWh: 33 },
      ]),
    );
  const now = rome.endOf("2026-04-01");
  const made = report({ device: "ecodan", from: "2026-02-01", to: "2026-04-01", zone: rome, now, days });
  return reportHtml(made, { name: "Ecodan", language: "it" });
}

/** Without JavaScript, as on paper; what it requests from the network is recorded. */
async function open(html: string, width: number, colorScheme: "light" | "dark") {
  const requests: string[] = [];
  const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width, height: 844 }, colorScheme });
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent(html);
  return { page, requests };
}

const background = (page: Page) => page.evaluate("getComputedStyle(document.body).backgroundColor");
const overflow = (page: Page) => page.evaluate("document.documentElement.scrollWidth - innerWidth");

/** Texts of charts that stick out of their chart or lie on one another, and figures wider than their tile. */
const misplaced = `[
  ...[...document.querySelectorAll("svg")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ text, at: text.getBoundingClientRect() }));
    const out = texts.filter(({ at }) => at.left < frame.left - 1 || at.right > frame.right + 1);
    const apart = 2;
    const close = texts.filter(({ text, at }, i) =>
      texts.slice(0, text.textContent === "" ? 0 : i).some(
        ({ at: other }) =>
          at.left < other.right - apart && other.left < at.right - apart &&
          at.top < other.bottom - apart && other.top < at.bottom - apart,
      ),
    );
    return [...out, ...close].map(({ text }) => text.textContent);
  }),
  ...[...document.querySelectorAll(".figures div")]
    .filter((tile) => tile.scrollWidth > tile.clientWidth)
    .map((tile) => tile.textContent),
]`;

/** Tiles whose figure, as long as a year's, is not on the line of its unit. */
const brokenFigures = `[...document.querySelectorAll(".figures:not(.small) dd:has(small)")].filter((figure) => {
  figure.firstChild.textContent = "13,304.0 ";
  const unit = figure.querySelector("small").getBoundingClientRect();
  const range = document.createRange();
  range.selectNode(figure.firstChild);
  const rows = range.getClientRects();
  return rows.length > 1 || unit.top > rows[0].bottom;
}).map((figure) => figure.textContent)`;

/** A screen, a phone and paper. */
const places = [
  [1000, "screen"],
  [390, "screen"],
  [695, "print"],
] as const;

describe("the report in a browser", () => {
  it.each(reportLanguages)("in %s has space for every text, on a screen, a phone and paper", async (language) => {
    const { page, requests } = await open(reportHtml(exampleReport(), { name: "Ecodan", language }), 1000, "light");
    for (const [width, media] of places) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media });
      expect(await page.evaluate(misplaced), `${width} px, ${media}`).toEqual([]);
      expect(await overflow(page), `${width} px, ${media}`).toBe(0);
    }
    expect(requests.filter((url) => url !== "about:blank")).toEqual([]);
    await page.close();
  });

  it.each([
    [1000, "light", "rgb(255, 255, 255)"],
    [390, "dark", "rgb(20, 24, 28)"],
  ] as const)("fits %i px in %s colours, with nothing loaded", async (width, scheme, colour) => {
    const { page, requests } = await open(sixtyDays(), width, scheme);
    expect(await page.locator("svg[role=img]").count()).toBe(3);
    expect(await page.evaluate(misplaced)).toEqual([]);
    expect(await page.locator("h1").innerText()).toBe("Ecodan");
    expect(await overflow(page)).toBe(0);
    expect(await background(page)).toBe(colour);
    expect(requests.filter((url) => url !== "about:blank")).toEqual([]);
    await page.close();
  });

  it.each(reportLanguages)("in %s has a year's figures on one line with their unit", async (language) => {
    const { page } = await open(reportHtml(exampleReport(), { name: "Ecodan", language }), 1000, "light");
    for (const [width, media] of places) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media });
      expect(await page.evaluate(brokenFigures), `${width} px, ${media}`).toEqual([]);
    }
    await page.close();
  });

  it("prints on A4: sixty days on three pages, light, with nothing cut off", async () => {
    const { page } = await open(sixtyDays(), 695, "dark");
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(3);
    const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf);
    expect([Math.round(Number(box?.[1])), Math.round(Number(box?.[2]))]).toEqual([595, 842]);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await background(page)).toBe("rgb(255, 255, 255)");
    expect(await overflow(page)).toBe(0);
    await page.close();
  });

  it("tells each use apart on paper without its colour, in charts and beside tables", async () => {
    const { page } = await open(sixtyDays(), 695, "light");
    const fills = () =>
      page.evaluate<string[]>(
        "[...new Set([...document.querySelectorAll('svg[role=img] rect')].map((bar) => getComputedStyle(bar).fill))]",
      );
    expect((await fills()).filter((fill) => fill.startsWith("url"))).toEqual([]);
    await page.emulateMedia({ media: "print" });
    const patterns = (await fills()).filter((fill) => fill.startsWith("url")).map((fill) => /#[\w-]+/.exec(fill)?.[0]);
    expect(patterns.sort()).toEqual(["#print-defrost", "#print-hot_water"]);
    for (const pattern of patterns) expect(await page.locator(`pattern${pattern}`).count()).toBe(1);
    const key = "getComputedStyle(document.querySelector('.key.hot_water')).backgroundImage";
    expect(await page.evaluate(key)).toContain("repeating-linear-gradient");
    await page.close();
  });

  it("is styled under the policy that it is served with", async () => {
    const parts = await exampleParts();
    const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(`${web.url}/api/devices/ecodan-heatpump/report.html?from=2026-11-01`);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.figures')).display")).toBe("grid");
    expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
    await page.close();
    await web.close();
    await parts.clean();
  });
});
