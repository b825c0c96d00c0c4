import { describe, expect, it } from "vitest";
import { sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { diagnosticStates } from "#test/lovelace-card/support/watched-diagnostics.ts";

const { page, home, main, show, asked, violations } = watchedBrowser();

/** What is told of the thing of a name. */
const hasRow = (name: string, ...texts: string[]) =>
  texts.reduce((row, hasText) => row.filter({ hasText }), main().locator("li").filter({ hasText: name })).waitFor();

/** With all that they ask the app for. */
async function showWhole(scene: Parameters<typeof show>[1] = {}): Promise<void> {
  await show("diagnostics", { home: { states: diagnosticStates }, ...scene });
  await hasRow("Version of Heatloop", "1.2.3");
}

describe("the diagnostics", () => {
  it("are in groups, in words and with units", async () => {
    await showWhole();
    await hasRow("ESP uptime", "31 days 4 hours");
    await hasRow("Wi-Fi signal", "-58");
    await hasRow("Refrigerant error", "startup error");
    await hasRow("Operating hours", "23,456");
    await hasRow("Minute log", "is not being written", "the disk is full");
    expect(await main().locator("heatloop-diagnostics h3").allInnerTexts()).toEqual([
      ...["Connection and ESP32", "Controller and refrigerant circuit", "Unit", "Heatloop"],
    ]);
  });

  it("say a dash for what is not known, with its reason, and list nothing that is not there", async () => {
    await showWhole();
    await hasRow("MQTT reconnects", "–", "unavailable");
    expect(await main().locator("li").filter({ hasText: "DIP" }).count()).toBe(1);
  });

  it("have the age of the last message and Heatloop's version, which the app tells", async () => {
    await showWhole();
    await hasRow("Last message", "ago");
    expect(await asked()).toContain("200 /api/health");
  });

  it("say why the version is not known without the app", async () => {
    home().app.state = "stopped";
    await show("diagnostics", { home: { states: diagnosticStates } });
    await hasRow("Version of Heatloop", "–", "The Heatloop app is not running.");
  });

  it("open Home Assistant's dialog of an entity", async () => {
    await showWhole();
    await main()
      .getByRole("button", { name: /ESP uptime/ })
      .click();
    const entityId = "sensor.ecodan_heatpump_esp_uptime";
    expect(await page().evaluate("events")).toEqual([["hass-more-info", { entityId }]]);
  });

  it.each([
    ["light", { theme: "light", width: 296 }],
    ["dark", { theme: "dark", width: 296 }],
    ["wide", { theme: "light", width: 1100 }],
  ] as const)("are without violation of accessibility rules and within the card: %s", async (_, scene) => {
    await page().setViewportSize({ width: scene.width + 24, height: 900 });
    await showWhole(scene);
    expect(await violations()).toEqual([]);
    expect(await page().evaluate(sticksOut)).toEqual([]);
  });
});
