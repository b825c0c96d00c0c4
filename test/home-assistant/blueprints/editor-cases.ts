import { expect, test } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { openFrontend } from "../frontend-page.ts";
import { type BlueprintHouse, blueprintHead, blueprintNames } from "./blueprint-house.ts";

export function editorCases(started: () => BlueprintHouse): void {
  test("shows each blueprint with its sections and inputs", async () => {
    const browser = await openBrowser();
    try {
      const { page, open, complaints } = await openFrontend(browser, started().homeAssistant);
      for (const name of await blueprintNames()) {
        const blueprint = await blueprintHead(name);
        await open("/config/blueprint/dashboard");
        await page.getByText(blueprint.name, { exact: true }).click();
        const editor = page.locator("blueprint-automation-editor");
        const shown = Object.values(blueprint.input).flatMap((it) =>
          it.input && !it.collapsed ? [it, ...Object.values(it.input)] : [it],
        );
        for (const input of shown) await editor.getByText(input.name, { exact: true }).first().waitFor();
        await expect(editor.locator("ha-alert").count()).resolves.toBe(0);
      }
      expect(complaints()).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 120_000);
}
