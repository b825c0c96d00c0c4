import { buildPageWhereStale } from "#scripts/making/build-page.ts";

/** Vitest runs it once before all tests: what the add-on serves is the page of these sources. */
export function setup(): void {
  buildPageWhereStale();
}
