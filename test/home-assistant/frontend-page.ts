import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";

/** A page of Home Assistant's own frontend, signed in as the owner. */
export type FrontendPage = {
  readonly page: Page;
  /** Errors of the page, and what the card wrote to its console as a warning or an error. */
  complaints(): readonly string[];
  /** Opens a path and waits until the frontend has drawn its panel. */
  open(path: string): Promise<void>;
  /** The cards that the dashboard shows, outside of dialogs. */
  cards(): Locator;
  close(): Promise<void>;
};

const ours = /heatloop/i;

/** Opens a page of the frontend; nothing leaves the machine. */
export async function openFrontend(
  browser: Browser,
  home: Pick<TestHomeAssistant, "url" | "browserTokens">,
  options: BrowserContextOptions = {},
): Promise<FrontendPage> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 950 },
    locale: "en-GB",
    timezoneId: "Europe/Amsterdam",
    ...options,
  });
  const tokens = JSON.stringify(JSON.stringify(home.browserTokens));
  await context.addInitScript(`localStorage.setItem("hassTokens", ${tokens})`);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const isComplaint = message.type() === "error" || message.type() === "warning";
    const text = `${message.text()} (${message.location().url})`;
    if (isComplaint && ours.test(text)) complaints.push(text);
  });
  return {
    page,
    complaints: () => complaints,
    async open(path) {
      await page.goto(`${home.url}${path}`);
      await page.locator("home-assistant-main ha-sidebar").waitFor({ state: "attached" });
    },
    cards: () => page.locator("hui-view heatloop-card"),
    close: () => context.close(),
  };
}

/**
 * What of the cards is wider than its place, or than the page; a row that scrolls on purpose may be. Runs in the page,
 * hence a text.
 */
export const tooWide = `(() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page: " + document.documentElement.scrollWidth);
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const walk = (parent, card) => {
    for (const element of parent.children) {
      const box = element.getBoundingClientRect();
      const inside = element.localName === "heatloop-card" ? box : card;
      if (element.localName === "svg" || element.classList.contains("unseen")) continue;
      if (inside !== undefined && box.width > 1) {
        if (box.right > Math.min(inside.right, innerWidth) + 1 || box.left < Math.max(inside.left, 0) - 1) {
          found.push(element.localName + "." + element.getAttribute("class") + " " + [box.left, box.right].map(Math.round));
        }
        if (scrolls(element)) continue;
      }
      if (element.shadowRoot !== null) walk(element.shadowRoot, inside);
      walk(element, inside);
    }
  };
  walk(document, undefined);
  return found;
})()`;

/** The background of the first card of the page. */
export const cardBackground = `(() => {
  const find = (root) =>
    root.querySelector("heatloop-card") ??
    [...root.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot && find(shadowRoot)).find((found) => found);
  return getComputedStyle(find(document).shadowRoot.querySelector("ha-card")).backgroundColor;
})()`;
