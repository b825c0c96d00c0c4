import { expect, it } from "vitest";
import { smallTargets } from "#test/lovelace-card/support/card-browser.ts";
import { type PageStand, pageViews } from "./page-stand.ts";

/** What reaches beyond the right edge of the window and cannot be scrolled inside of its own box, as `view language: element`. */
const tooWide = `(() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const found = [];
  const look = (node) => {
    if (node.getBoundingClientRect().right > edge + 0.5) {
      found.push(node.localName + "." + node.className + " " + node.textContent.trim().slice(0, 40));
    }
    for (const inner of (node.shadowRoot ?? node).children) look(inner);
  };
  look(document.body);
  return found.slice(0, 12);
})()`;

/** Every view on the narrowest phone, in every language. */
export function narrowCases(stand: PageStand): void {
  it("fits 320 px in all twelve languages without sideways scrolling", async () => {
    await stand.reopen({ viewport: { width: 320, height: 640 } });
    await stand.open("live");
    const choice = stand.page.locator("footer select");
    await choice.waitFor();
    const languages = await Promise.all(
      (await choice.locator("option").all()).map(async (option) => (await option.getAttribute("value")) ?? ""),
    );
    expect(languages).toHaveLength(12);
    const wide: string[] = [];
    for (const view of pageViews) {
      await stand.page.evaluate(`location.hash = "#/${view}"`);
      await stand.page.locator(`page-${view}`).waitFor({ state: "attached" });
      // Each language is loaded when it is first chosen, a view's own texts too.
      for (const language of languages) await choice.selectOption(language);
      await stand.settles();
      for (const language of languages) {
        await choice.selectOption(language);
        await stand.page.locator(`html[lang=${language}]`).waitFor({ state: "attached" });
        await stand.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        for (const each of await stand.page.evaluate<string[]>(tooWide)) wide.push(`${view} ${language}: ${each}`);
      }
    }
    expect(wide).toEqual([]);
  }, 120_000);
  it.each(pageViews)("has 44 px for a finger wherever one presses: %s", async (view) => {
    await stand.open(view);
    await stand.settles();
    expect(await stand.page.evaluate<string[]>(smallTargets)).toEqual([]);
  });
}
