import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import { expect, it } from "vitest";
import { exampleMinute, exampleNow } from "#test/support/examples/device.ts";
import { exampleRoomFeed } from "#test/support/examples/room-feed.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { PageStand } from "./page-stand.ts";

/** The view "rooms". */
export function roomsCases(stand: PageStand): void {
  it("shows the feed's state with its reason, what was sent and read back, and every room", async () => {
    await stand.open("rooms");
    await stand.shows(
      "Not as it should be since 9:30",
      "2 of 3 rooms used: Bedroom has not reported for over 120 min.",
    );
    await stand.shows("Rooms together 20.6 °C, mean by weight", "Sent to the heat pump 20.6 °C, 10:29");
    await stand.shows("Read back 20.6 °C, confirmed", "The heat pump uses the temperature that it is sent");
    await stand.shows(
      "Living room",
      "20.8 °C",
      "21.0 °C",
      "1, 50% of the mean",
      "No: has not reported for over 120 min",
    );
    expect(stand.complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });

  it("says why in the language of who reads, whatever the home's is", async () => {
    await stand.open("rooms");
    await stand.page.getByRole("combobox", { name: "Language" }).selectOption("de");
    await stand.shows(
      "2 von 3 Räumen verwendet: Bedroom hat seit über 120 min nichts gemeldet.",
      "Nein: hat seit über 120 min nichts gemeldet",
      "Die letzten 24 Stunden",
    );
  });

  it("is a table of rooms for a screen reader, also where it looks like a list", async () => {
    await stand.open("rooms");
    const table = stand.page.getByRole("table", { name: "Rooms, Zone 1" });
    await table.getByRole("row", { name: /Bedroom/ }).waitFor();
    expect(await table.getByRole("columnheader").allInnerTexts()).toHaveLength(6);
    expect(
      await table
        .getByRole("row", { name: /Kitchen/ })
        .getByRole("cell")
        .allInnerTexts(),
    ).toHaveLength(5);
  });

  it("has no set-points where no room has one", async () => {
    showFeed(stand, { rooms: exampleRoomFeed.rooms.map((room) => ({ ...room, setpointC: null })) });
    await stand.open("rooms");
    const table = stand.page.getByRole("table", { name: "Rooms, Zone 1" });
    await table.getByRole("row", { name: /Bedroom/ }).waitFor();
    expect(await table.getByRole("columnheader").allInnerTexts()).not.toContain("Set-point");
    expect(
      await table
        .getByRole("row", { name: /Kitchen/ })
        .getByRole("cell")
        .count(),
    ).toBe(4);
  });

  it("has the ages grow by the second, without news from the heat pump", async () => {
    showFeed(stand, { rooms: exampleRoomFeed.rooms.map((room) => ({ ...room, reportedAt: exampleNow - 20_000 })) });
    await stand.page.clock.install();
    await stand.open("rooms");
    await stand.shows("secs ago");
    const ageS = async () => Number(/(\d+) secs ago/.exec(await stand.text())?.[1]);
    const before = await ageS();
    expect(before).toBeGreaterThanOrEqual(20);
    await stand.page.clock.runFor(20_000);
    await waitFor(async () => (await ageS()) >= before + 20, "the age has grown");
  });

  it("leaves the rooms' values as they were last when the connection stays lost", async () => {
    await stand.page.clock.install();
    await stand.open("rooms");
    await stand.shows("20.8 °C");
    await stand.stopWeb();
    await stand.shows("Connection to Heatloop lost.");
    await stand.page.clock.fastForward(61_000);
    await stand.page.locator("main.old").waitFor();
    await stand.shows("Living room", "20.8 °C");
    await stand.startWebAgain();
  });

  it("says since when a room is in doubt", async () => {
    showFeed(stand, {
      rooms: exampleRoomFeed.rooms.map((room) => ({ ...room, used: false, doubtedAt: exampleNow - 1_800_000 })),
    });
    await stand.open("rooms");
    await stand.shows("In doubt since 10:00");
  });

  it("draws the last 24 hours of what was sent, with the feed's states, and has them as a table", async () => {
    const { view } = stand.parts;
    view.minutes = async function* (_id, from, to) {
      for (let at = Math.ceil(from / 60_000) * 60_000; at < Math.min(to, exampleNow); at += 60_000) {
        yield exampleMinute(at, { room_feedback_zone_1: at < exampleNow - 3_600_000 ? 20 : 21 });
      }
    };
    const transitions = view.transitions;
    view.transitions = async function* (id, from, to) {
      for await (const each of transitions(id, from, to)) {
        if (each.kind !== "operation") continue;
        const feed = { ...each, kind: "room_feed", at: exampleNow - 3_600_000, durationS: 7200 } as const;
        yield { ...feed, from: "holding", to: "degraded" };
      }
    };
    await stand.open("rooms");
    await stand.shows("The last 24 hours", "Holding the last temperature", "Not as it should be");
    await stand.page.getByRole("button", { name: "Table" }).click();
    const rows = stand.page.locator("heatloop-chart").getByRole("row");
    await rows.nth(1).waitFor();
    expect((await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " ").trim()).slice(0, 5)).toEqual([
      "Time Read back, °C State",
      expect.stringMatching(/10:00 21.0 Not as it should be$/),
      expect.stringMatching(/9:00 20.5 Holding the last temperature, Not as it should be$/),
      expect.stringMatching(/8:00 20.0 Holding the last temperature$/),
      expect.stringMatching(/7:00 20.0 Holding the last temperature$/),
    ]);
  });

  it("says so beside the strip where the past cannot be had", async () => {
    await stand.page.route(/transitions/, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"detail":"the disk is gone"}' }),
    );
    await stand.open("rooms");
    await stand.shows("the disk is gone", "Living room");
  });

  it("turns sending off and on, and says what the heat pump goes on with", async () => {
    showFeed(stand, { state: "ok" });
    await stand.open("rooms");
    const send = stand.page.getByRole("switch", { name: "Send the rooms' temperature to the heat pump" });
    await send.press("Space");
    await waitFor(() => !stand.parts.settings.current().room_feed.send, "sending is off");
    await stand.shows("Not sent", "Nothing is sent", "Zone 1 of the heat pump still uses 20.6 °C");
    showFeed(stand, { state: "ok", source: "room_thermostat" });
    stand.parts.view.changed("ecodan-heatpump");
    stand.pass(1000);
    await stand.shows("Zone 1 of the heat pump uses its own room thermostat.");
    await send.press("Space");
    await waitFor(() => stand.parts.settings.current().room_feed.send, "sending is on again");
    await waitFor(async () => !(await stand.text()).includes("Nothing is sent"), "the hint is gone");
  });

  it("leaves the switch as it was where the change is refused, and gives the reason beside it", async () => {
    await stand.page.route(/api\/settings/, (route) =>
      route.request().method() === "PUT"
        ? route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"detail":"the disk is full"}' })
        : route.continue(),
    );
    await stand.open("rooms");
    const send = stand.page.getByRole("switch");
    await send.click();
    await stand.shows("the disk is full");
    expect(await send.isChecked()).toBe(true);
    expect(stand.parts.settings.current().room_feed.send).toBe(true);
  });

  it("changes nothing for whoever may not", async () => {
    await onlyLooks(stand);
    await stand.open("rooms");
    await stand.shows("Living room");
    expect(await stand.page.getByRole("switch").isDisabled()).toBe(true);
  });

  it("leads nobody to what they may not change", async () => {
    await onlyLooks(stand);
    showFeed(stand, { state: "off", rooms: [], remarks: [{ code: "no_rooms" }] });
    await stand.open("rooms");
    await stand.shows("No rooms are chosen, so no temperature is sent.");
    expect(await stand.page.getByRole("link", { name: "Choose rooms" }).count()).toBe(0);
    await stand.open("settings");
    await stand.shows("Only an administrator of Home Assistant may");
    expect(await stand.page.locator("page-settings a[href='#/first-run']").count()).toBe(0);
    stand.parts.view.deviceList = [];
    await stand.open("rooms");
    await stand.page.reload();
    await stand.shows("No heat pump has been found yet.");
    expect(await stand.page.getByRole("link", { name: "Set it up" }).count()).toBe(0);
  });

  it("leads to the settings where no rooms are chosen", async () => {
    showFeed(stand, { state: "off", rooms: [], remarks: [{ code: "no_rooms" }] });
    await stand.open("rooms");
    await stand.shows("No rooms are chosen, so no temperature is sent.", "No rooms are set for this zone.");
    expect(await stand.page.getByRole("link", { name: "Choose rooms" }).getAttribute("href")).toBe("#/settings");
    expect(await stand.page.getByRole("switch").count()).toBe(0);
  });
}

/** Shows the example's feed with something else. */
function showFeed({ parts }: PageStand, changes: Partial<RoomFeedView>): void {
  const status = parts.view.status;
  parts.view.status = (id) => {
    const now = status(id);
    return now && { ...now, roomFeed: [{ ...exampleRoomFeed, ...changes }] };
  };
}

/** Has somebody look at the page who may change nothing. */
export async function onlyLooks({ page }: PageStand): Promise<void> {
  const session = { mode: "ingress", user: "Guest", may_change: false, password_set: false, signed_in: true };
  await page.route(/api\/session/, (route) => route.fulfill({ json: session }));
}
