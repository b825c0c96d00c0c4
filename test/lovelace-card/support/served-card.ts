import type { Page, Route } from "playwright-core";
import { type BuiltCard, entryFile } from "./built-card.ts";

const server = "http://home-assistant.test";
const copies = new WeakMap<Page, number>();

/**
 * Serves a card to a page as Home Assistant does, each time as another copy in a folder of its own, and hands back the address
 * of its entry, which has a query.
 */
export async function serveCard(page: Page, card: BuiltCard): Promise<string> {
  const copy = (copies.get(page) ?? 0) + 1;
  copies.set(page, copy);
  await page.route(`${server}/copy-${copy}/**`, (route) => answer(route, card));
  return `${server}/copy-${copy}/${entryFile}?hacstag=${copy}`;
}

async function answer(route: Route, card: BuiltCard): Promise<void> {
  const file = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
  const body = card.get(file);
  const headers = { "access-control-allow-origin": "*", "content-type": "text/javascript" };
  await route.fulfill(body === undefined ? { status: 404, headers } : { body, headers });
}
