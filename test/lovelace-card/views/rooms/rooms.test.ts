import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import { loadLateTexts } from "@heatloop/lovelace-card/text/late/late-texts";
import { feedOfHistory } from "@heatloop/lovelace-card/views/rooms/feed-day";
import { feedsOfHome } from "@heatloop/lovelace-card/views/rooms/feed-of-home";
import { feedReason, roomReason } from "@heatloop/lovelace-card/views/rooms/reason-words";
import { loadFeeds } from "@heatloop/lovelace-card/views/rooms/rooms-answer";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { fakeHome, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

describe("why a room or a feed is so", () => {
  const silent = { code: "silent", figures: { minutes: 120 } };
  const remarks = [
    { code: "some_rooms_used", figures: { used: 2, rooms: 3 }, missing: [{ name: "Bad", reason: silent }] },
  ];
  const reason = "2 of 3 rooms used: Bad has not reported for over 120 min.";

  it("is said in the person's language, and in English until that is loaded", async () => {
    expect(feedReason({ remarks, reason: "" }, "de-CH")).toBe(reason);
    await Promise.all([loadLateTexts("de-CH"), loadLateTexts("nb")]);
    expect(feedReason({ remarks, reason }, "de-CH")).toBe(
      "2 von 3 Räumen verwendet: Bad hat seit über 120 min nichts gemeldet.",
    );
    expect(roomReason({ not_used: silent, reason: null }, "nb")).toMatch(/^har ikke .*120 min/);
    const outside = { code: "outside", figures: { temperature_c: 34.04, min_c: 5, max_c: 33.5 } };
    expect(roomReason({ not_used: outside, reason: null }, "de")).toBe("meldet 34,0 °C, außerhalb von 5 bis 33,5 °C");
  });

  it.each([
    ["of an app of before", undefined],
    ["of a later app with a reason of its own", [{ code: "later", figures: {}, missing: [] }]],
    [
      "of a later app, of a room",
      [{ ...remarks[0], missing: [{ name: "Bad", reason: { ...silent, code: "later" } }] }],
    ],
    ["of what is no code", [{ code: "toString", figures: {}, missing: [] }]],
  ] as const)("is the app's own sentence: %s", (_, told) => {
    expect(
      feedReason(
        { ...(told && { remarks: told as unknown as typeof remarks }), reason: "Wie das Haus spricht." },
        "de",
      ),
    ).toBe("Wie das Haus spricht.");
    expect(roomReason({ reason: "schweigt" }, "de")).toBe("schweigt");
    expect(roomReason({ not_used: { code: "decimalSign", figures: {} }, reason: "schweigt" }, "de")).toBe("schweigt");
    expect(roomReason({ not_used: null, reason: null }, "de")).toBeNull();
  });
});

const own = heatloopDevice("home");
const entities = new Map(
  own.entities.map(({ entity_id, unique_id }) => [unique_id.replace("heatloop_home_", ""), entity_id]),
) as unknown as ViewInput["heatPump"]["entities"];

function feedsOf(states: Parameters<typeof fakeHome>[1]) {
  const { hass } = fakeHome([own], states);
  return feedsOfHome({ states: hass.states, entities });
}

describe("a room feed as Home Assistant knows it", () => {
  const attributes = {
    reason: "All 3 rooms are used.",
    temperature_c: 20.6,
    read_back_c: 20.5,
    source: "home_assistant",
  };

  it("has no rooms, and all else that its entity has", () => {
    const states = {
      room_feed_zone_1: ["ok", attributes],
      room_feed_zone_1_sent: ["20.5", { unit_of_measurement: "°C" }],
    } as const;
    expect(feedsOf({ states })).toEqual([
      {
        ...{ zone: 1, state: "ok", reason: "All 3 rooms are used.", since: null, sent_at: null, rooms: null },
        ...{ temperature_c: 20.6, sent_c: 20.5, read_back_c: 20.5, confirmed: true, source: "home_assistant" },
      },
    ]);
  });

  it.each([
    ["68.9", "°F", true],
    ["68.7", "°F", false],
    ["20.5", "°C", true],
    ["unknown", "°C", false],
  ])("is confirmed where what was read back is what was sent: %s %s", (sent, unit_of_measurement, confirmed) => {
    const states = {
      room_feed_zone_1: ["ok", attributes],
      room_feed_zone_1_sent: [sent, { unit_of_measurement }],
    } as const;
    expect(feedsOf({ states })[0]?.confirmed).toBe(confirmed);
  });

  it("is not known while it is unavailable", () => {
    expect(feedsOf({ states: { room_feed_zone_2: "unavailable" } })).toMatchObject([
      { zone: 2, state: null, reason: "", temperature_c: null, sent_c: null, read_back_c: null, confirmed: false },
    ]);
  });

  it("has a day of Home Assistant's history: states until the next one, and what was read back with each update", async () => {
    const { hass } = fakeHome([own]);
    const row = (lu: number, s: string, readBackC: number | null, lc = lu) => ({
      s,
      lu,
      lc,
      a: { read_back_c: readBackC },
    });
    const rows = [
      row(100, "ok", 20),
      row(200, "ok", 20.5, 100),
      row(300, "unavailable", null),
      row(400, "holding", 20.5),
    ];
    // Home Assistant leaves out updates of attributes alone, unless it is told not to.
    const callWS = async (message: Readonly<Record<string, unknown>>) => ({
      "sensor.feed": message.significant_changes_only ? rows.filter(({ lu, lc }) => lu === lc) : rows,
    });
    const view = { hass: { ...hass, callWS }, texts: allTexts.en } as unknown as ViewInput;
    const span = { from: 50_000, to: 500_000 };
    const day = await feedOfHistory(view, "sensor.feed", span);
    expect(day.steps).toEqual([
      { at: 100_000, readBackC: 20 },
      { at: 200_000, readBackC: 20.5 },
      { at: 300_000, readBackC: null },
      { at: 400_000, readBackC: 20.5 },
    ]);
    const [feed] = feedsOf({ states: { room_feed_zone_1: ["holding", attributes] } });
    expect(feed && day.states(feed, span)).toEqual([
      { state: "holding", from: 400_000, to: 500_000 },
      { state: "ok", from: 100_000, to: 300_000 },
    ]);
  });
});

describe("the app's room feeds", () => {
  const path = "/heatloop/api/";
  const answers: Readonly<Record<string, unknown>> = {
    [`${path}session`]: { signed_in: true, may_change: true },
    [`${path}devices/home/status`]: {
      room_feed: [{ rooms: [{ reported_at: "2026-11-21T10:00:00Z", age_s: 90 }] }],
    },
  };
  const now = Date.parse("2026-11-21T10:00:30Z");

  async function answerAt(token: string | undefined) {
    vi.stubGlobal("location", new URL("http://home.example/lovelace"));
    vi.stubGlobal("fetch", async (url: string) => Response.json(answers[url]));
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const { hass } = fakeHome([own]);
    const view = { hass: { ...hass, app: { url: "/heatloop/", token } }, clock: simulatedClock(now), heatPump: own };
    return loadFeeds(view as unknown as ViewInput);
  }

  it("are as old as the app says, whatever the browser's clock is", async () => {
    expect(await answerAt(undefined)).toMatchObject({ kind: "answer", value: { aheadMs: 60_000, mayChange: true } });
  });

  it("are not changed with a token, by which another origin may only read", async () => {
    expect(await answerAt("secret")).toMatchObject({ kind: "answer", value: { mayChange: false } });
  });
});
