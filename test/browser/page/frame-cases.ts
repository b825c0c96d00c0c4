import { expect, it } from "vitest";
import { exampleDevice, exampleNow } from "#test/support/examples/device.ts";
import { exampleAlert } from "#test/support/examples/view.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type PageStand, pageViews } from "./page-stand.ts";

/** The page's frame: what it asks for, how it looks everywhere, what it says when something is away. */
export function frameCases(stand: PageStand): void {
  it("asks for nothing outside of its own path, documentation included", async () => {
    for (const view of pageViews) await stand.open(view);
    await stand.page.getByRole("link", { name: "API" }).click();
    await stand.page.locator(".opblock").first().waitFor();
    const path = new URL(stand.ingress.url).pathname;
    expect(stand.ingress.asked.filter((asked) => !asked.startsWith(path))).toEqual([]);
    expect(stand.ingress.asked).toEqual(expect.arrayContaining([`${path}ws`, `${path}docs/openapi.json`]));
  });

  it("shows what is so now before anything else is asked", async () => {
    await stand.page.route(/\/(ws|api\/(?!hassio_ingress))/, () => new Promise(() => undefined));
    await stand.page.goto(stand.ingress.url);
    await stand.shows("Ecodan", "34.5 °C");
  });

  it("says what the heat pump does before any script is there", async () => {
    await stand.page.route(/\.js$/, () => new Promise(() => undefined));
    await stand.page.goto(stand.ingress.url, { waitUntil: "commit" });
    await stand.shows("Heating", "Ecodan");
  });

  it("loads at most 120 kB, compressed, before it is looked around in", async () => {
    const { gzipSync } = await import("node:zlib");
    const sizes: Promise<number>[] = [];
    stand.page.on("response", (response) => {
      sizes.push(
        response.body().then(
          (body) => gzipSync(body, { level: 9 }).length,
          () => 0,
        ),
      );
    });
    await stand.open();
    await stand.shows("Ecodan");
    expect((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000);
  });

  it("says when the connection is lost, comes back by itself, and is up to date then", async () => {
    await stand.open();
    await stand.shows("34.5 °C");
    await stand.stopWeb();
    await stand.shows("Connection to Heatloop lost. What is shown is from 10:30. Trying again…");
    stand.parts.view.set("ecodan-heatpump", "flow_temperature", 28.5);
    await stand.startWebAgain({ clock: simulatedClock(exampleNow + 60_000) });
    await stand.shows("28.5 °C");
    expect(await stand.text()).not.toContain("lost");
  });

  it("leaves what was known last, with its age, when the connection stays lost", async () => {
    await stand.page.clock.install();
    await stand.open();
    await stand.shows("34.5 °C");
    await stand.stopWeb();
    await stand.shows("Connection to Heatloop lost.");
    await stand.page.clock.fastForward(61_000);
    await stand.page.clock.fastForward(26 * 3_600_000);
    await stand.shows("34.5 °C");
    await stand.page.locator("main.old").waitFor();
    await stand.startWebAgain({ clock: simulatedClock(exampleNow + 60_000) });
    await stand.page.clock.fastForward(60_000);
    await stand.page.locator("main:not(.old)").waitFor();
  });

  it("offers to load again what was left open while Heatloop was updated", async () => {
    await stand.open();
    await stand.shows("34.5 °C");
    await stand.stopWeb();
    await stand.startWebAgain({ version: "1.3.0", clock: simulatedClock(exampleNow + 60_000) });
    await stand.shows("Heatloop was updated.");
    await stand.page.getByRole("button", { name: "Load the page again" }).click();
    await stand.shows("Heatloop 1.3.0");
    expect(await stand.text()).not.toContain("was updated");
  });

  it("says what to do where a view's file is gone", async () => {
    await stand.page.route(/history-view/, (route) => route.fulfill({ status: 404, body: "" }));
    await stand.open();
    await stand.page.getByRole("link", { name: "History" }).click();
    await stand.shows("This page could not be loaded.", "Load the page again");
  });

  it("goes by Heatloop's time where the browser's clock is wrong", async () => {
    await stand.page.clock.setFixedTime(new Date("2031-01-01T00:00:00Z"));
    await stand.open("energy");
    await stand.shows("November 2026");
  });

  it("says what is away, and since when", async () => {
    const away = { ...exampleAlert, severity: "error", device: null, sinceAt: exampleNow - 600_000 } as const;
    stand.parts.view.alertList = [
      { id: "mqtt", problem: { code: "mqtt_away", why: { code: "no_connection_yet" } }, ...away },
      { id: "home_assistant", problem: { code: "home_assistant_away", why: { code: "no_connection_yet" } }, ...away },
    ];
    await stand.open();
    await stand.shows(
      "The MQTT broker has been away since 10:20",
      "Home Assistant has been away since 10:20",
      "34.5 °C",
    );
  });

  it("shows another heat pump where one is chosen, and that again the next time", async () => {
    stand.parts.view.deviceList = [exampleDevice, { ...exampleDevice, id: "cabin", name: "Cabin" }];
    await stand.open();
    await stand.page.getByRole("combobox", { name: "Heat pump" }).selectOption("Cabin");
    await stand.shows("Cabin");
    await stand.page.reload();
    await stand.page.getByText("Cabin ·").waitFor();
  });

  it("speaks the browser's language, and the one that is chosen from then on", async () => {
    await stand.reopen({ locale: "de-CH" });
    await stand.open();
    await stand.shows("Heizen");
    await stand.page.getByRole("combobox", { name: /Sprache|Language/ }).selectOption("fr");
    await stand.shows("Chauffage");
    await stand.page.reload();
    await stand.shows("Chauffage");
    expect(await stand.page.evaluate("document.documentElement.lang")).toBe("fr");
  });

  it("has the link of the view that is shown in sight, also where not all of them fit", async () => {
    await stand.reopen({ viewport: { width: 360, height: 640 } });
    for (const view of pageViews.filter((name) => name !== "first-run")) {
      await stand.open(view);
      const link = stand.page.locator("nav [aria-current]");
      await waitFor(async () => {
        const box = await link.boundingBox();
        return box !== null && box.x >= 0 && box.x + box.width <= 360;
      }, `the link of ${view} is in sight`);
    }
  });

  it.each(["en", "it", "fi"])("shows today's figures whole on a phone, in the language %s", async (locale) => {
    await stand.reopen({ locale });
    await stand.open("live");
    await stand.settles();
    const table = stand.page.locator("page-live .scroll").first();
    const [drawn, shown] = await table.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(drawn).toBe(shown);
  });

  it("can be gone through by keyboard alone", async () => {
    await stand.open();
    await stand.shows("34.5 °C");
    await stand.page.keyboard.press("Tab");
    await stand.page.getByRole("button", { name: "To the content" }).press("Enter");
    const focused = "document.querySelector('heatloop-page').shadowRoot.activeElement.id";
    expect(await stand.page.evaluate(focused)).toBe("main");
    await stand.page.getByRole("link", { name: "Energy" }).press("Enter");
    await stand.page.locator("page-energy").waitFor();
    await waitFor(async () => (await stand.page.evaluate(focused)) === "main", "the focus is on the new view");
  });

  const screens = [
    { width: 320, height: 640, colorScheme: "light" },
    { width: 390, height: 844, colorScheme: "dark" },
    { width: 1280, height: 800, colorScheme: "light" },
    { width: 3840, height: 2160, colorScheme: "dark" },
  ] as const;
  it.each(screens)(
    "fits $width px in $colorScheme, and axe finds nothing wrong in any view",
    async (screen) => {
      const { width, height, colorScheme } = screen;
      await stand.reopen({ viewport: { width, height }, colorScheme });
      for (const view of pageViews) {
        await stand.open(view);
        await stand.settles();
        const widths = (await stand.page.evaluate(
          "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
        )) as [number, number];
        expect([view, widths[0]]).toEqual([view, widths[1]]);
        expect([view, await stand.axe()]).toEqual([view, []]);
      }
      expect(stand.complaints.filter((text) => !text.includes("404"))).toEqual([]);
    },
    120_000,
  );
}
