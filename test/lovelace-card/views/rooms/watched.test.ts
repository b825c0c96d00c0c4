import { describe, expect, it, onTestFinished } from "vitest";
import { sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { watchedStates } from "#test/lovelace-card/support/watched-page.ts";
import { exampleRoomFeed } from "#test/support/examples/room-feed.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, home, parts, main, show, asked, violations } = watchedBrowser();

const shows = async (...texts: string[]) => {
  for (const text of texts) await main().getByText(text).first().waitFor();
};
/** A figure of the zone, and what stands beside its name. */
const hasFigure = (name: string, text: string) =>
  main()
    .locator("dt", { hasText: name })
    .locator("xpath=following-sibling::dd[1]")
    .getByText(text, { exact: true })
    .waitFor();
const isDrawn = () => page().locator("heatloop-feed-strip .legend .swatch").first().waitFor();

/** Somebody whom the app does not know as an administrator looks, for the length of a test. */
function asAnother(): void {
  const { user } = home();
  home().user = { id: "0", name: "ben", displayName: "Ben" };
  home().endSessions();
  onTestFinished(() => {
    home().user = user;
    home().endSessions();
  });
}

/** With all that it asks the app for. */
async function showWhole(scene: Parameters<typeof show>[1] = {}): Promise<void> {
  await show("rooms", scene);
  await isDrawn();
}

const feedAtHome = {
  reason: "2 of 3 rooms used: Bedroom has not reported for over 120 min.",
  ...{ temperature_c: 20.6, read_back_c: 20.4, source: "home_assistant" },
};
const statesAtHome = {
  ...watchedStates,
  room_feed_zone_1: ["degraded", feedAtHome],
  room_feed_zone_1_sent: ["20.6", { unit_of_measurement: "°C" }],
} as const;

describe("the room feed", () => {
  it("has each room with its value, age and weight, and why it counts or not", async () => {
    await showWhole();
    const row = (name: RegExp) => main().getByRole("row", { name }).getByRole("cell").allInnerTexts();
    await main()
      .getByRole("row", { name: /Living room/ })
      .waitFor();
    await shows("1, 50% of the mean");
    expect((await row(/Living room/)).map((text) => text.replace("\u00a0", " "))).toEqual([
      ...["20.8 °C", "21.0 °C", "2 min ago", "1, 50% of the mean", "Yes"],
    ]);
    expect((await row(/Bedroom/)).at(-1)).toBe("No: has not reported for over 120 min");
    expect(await asked()).toContain("200 /api/devices/ecodan-heatpump/status");
  });

  it("says why in the person's language, whatever the home's is", async () => {
    await showWhole({ home: { language: "de", locale: { ...englishLocale, language: "de" } } });
    await shows("2 von 3 Räumen verwendet: Bedroom hat seit über 120 min nichts gemeldet.");
    await shows("Nein: hat seit über 120 min nichts gemeldet");
  });

  it("says of the zone what the rooms are together, what was sent when, and what was read back", async () => {
    await showWhole();
    await shows("Not as it should be since 9:30 AM", exampleRoomFeed.reason);
    await hasFigure("Rooms together", "20.6 °C, mean by weight");
    await hasFigure("Sent to the heat pump", "20.6 °C, 10:29 AM");
    await hasFigure("Read back", "20.6 °C, confirmed");
    await hasFigure("The heat pump uses", "the temperature that it is sent");
  });

  it("has nothing to change for who may not", async () => {
    asAnother();
    await showWhole();
    await main().getByRole("switch", { disabled: true }).waitFor();
    expect(await main().locator("input, select, textarea").count()).toBe(1);
  });

  it("has whether it is sent to change, and nothing else, for who may", async () => {
    asAnother();
    await parts().settings.change({ web: { others_may_change: true } });
    onTestFinished(() =>
      parts()
        .settings.change({ web: { others_may_change: false } })
        .then(() => undefined),
    );
    await showWhole();
    await main().getByRole("switch", { disabled: false }).click();
    await shows("Nothing is sent; the rooms are still watched.");
    expect(parts().settings.current().room_feed.send).toBe(false);
    await main().getByRole("switch").click();
    await waitFor(() => parts().settings.current().room_feed.send, "it is sent again");
    expect(await main().locator("input, select, textarea").count()).toBe(1);
  });

  it("is in the home's unit of temperature", async () => {
    const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°F" }, components: ["hassio"] };
    await showWhole({ home: { states: watchedStates, config } });
    await hasFigure("Rooms together", "69.1 °F, mean by weight");
    await hasFigure("Read back", "69.1 °F, confirmed");
  });

  it("is as much of it as Home Assistant knows where the app is not there, which it says", async () => {
    home().app.state = "stopped";
    await show("rooms", { home: { states: statesAtHome } });
    await shows("Not as it should be", feedAtHome.reason, "The Heatloop app is not running.");
    await hasFigure("Rooms together", "20.6 °C");
    await hasFigure("Sent to the heat pump", "20.6 °C");
    await hasFigure("Read back", "20.4 °C, not confirmed");
    await hasFigure("The heat pump uses", "the temperature that it is sent");
    expect(await main().getByRole("switch").count()).toBe(0);
    await main().getByText("Nothing is known about this time").waitFor();
    expect(await violations()).toEqual([]);
  });

  it("is one sentence where there is none", async () => {
    const { view } = parts();
    const { status } = view;
    const showFeeds = (of: typeof status) => {
      view.status = of;
      view.changed("ecodan-heatpump");
    };
    onTestFinished(() => showFeeds(status));
    showFeeds((id) => {
      const now = status(id);
      return now && { ...now, roomFeed: [] };
    });
    await show("rooms");
    await shows("No room temperature is sent to this heat pump: start the Heatloop app, and choose rooms on its page.");
  });

  it.each([
    ["light", { theme: "light", width: 296 }],
    ["dark", { theme: "dark", width: 296 }],
    ["wide", { theme: "light", width: 1100 }],
  ] as const)("is without violation of accessibility rules and within the card: %s", async (_, scene) => {
    await page().setViewportSize({ width: scene.width + 24, height: 900 });
    await showWhole(scene);
    expect(await violations()).toEqual([]);
    expect(await page().evaluate(sticksOut)).toEqual([]);
  });
});
