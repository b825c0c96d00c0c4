import { type HomeLanguage, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import type { FeedRemark } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import { english } from "@heatloop/core/room-feed/texts/english";
import type { RoomFeedTexts } from "@heatloop/core/room-feed/texts/room-feed-texts";
import { feedSentence, roomFeedTexts, roomReasonText } from "@heatloop/ha-addon/room-feed/texts/sentences";
import { describe, expect, it } from "vitest";

const temperatureC = 34.04;
const missing = [{ name: "Bad", reason: { code: "unavailable" } }] as const;

/** One of each code that has figures; the other codes have none. */
const withFigures: readonly (RoomReason | FeedRemark)[] = [
  { code: "other_unit", unit: "%" },
  { code: "silent", minutes: 60 },
  { code: "outside", temperatureC, minC: 5, maxC: 33.5 },
  { code: "outside_twice", temperatureC, minC: 5, maxC: 33.5 },
  { code: "first_unconfirmed", temperatureC },
  { code: "jumped", fromC: 20.96, toC: temperatureC },
  { code: "twice_others", temperatureC, othersC: 17.5 },
  { code: "half_of_others", temperatureC, othersC: 17.5 },
  { code: "far_from_others", temperatureC, othersC: 17.5 },
  { code: "all_rooms_used", rooms: 3 },
  { code: "some_rooms_used", used: 2, rooms: 3, missing },
  { code: "too_few_rooms", used: 1, rooms: 3, needed: 2, missing },
  { code: "unconfirmed", fedC: 18.25 },
  { code: "overwritten", byC: 0 },
  { code: "other_feeder", feeder: "Blueprint" },
  { code: "second_feeder", feeder: "Blueprint" },
];
const codes = Object.keys(english).filter((key) => key !== "decimalSign");
const examples = codes.map((code) => withFigures.find((each) => each.code === code) ?? { code }) as FeedRemark[];

describe.each(homeLanguages)("the texts of the room feed in %s", (language) => {
  it.each(examples.map((example) => [example.code, example] as const))("are whole: %s", (_, example) => {
    const text = feedSentence([example], language);
    expect(text).toMatch(/^[^{}]+[.?]$/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(feedSentence([{ code: "no_rooms" }, example], language)).not.toContain("; ;");
  });

  it("differ for each code", () => {
    expect(new Set(examples.map((example) => feedSentence([example], language))).size).toBe(codes.length);
  });

  it("have every figure of their code, with the decimal sign of the language", () => {
    const sign = language === "en" ? "." : ",";
    const outside = { code: "outside", temperatureC, minC: 5, maxC: 33.5 } as const;
    expect(roomReasonText(outside, language)).toContain(`34${sign}0`);
    expect(roomReasonText(outside, language)).toContain(`33${sign}5`);
    expect(feedSentence([{ code: "unconfirmed", fedC: 18.25 }], language)).toContain(`18${sign}3`);
  });
});

it.each(homeLanguages)("the texts of %s have the figures of the English ones", (language) => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const code of codes as (keyof RoomFeedTexts)[]) {
    expect(holes(roomFeedTexts[language][code]), code).toEqual(holes(english[code]));
  }
});

it.each(homeLanguages.filter((each) => each !== "en"))("no text of %s is left in English", (language) => {
  const inEnglish = new Set(Object.values(english));
  const texts = codes.map((code) => roomFeedTexts[language][code as keyof RoomFeedTexts]);
  expect(texts.filter((text) => inEnglish.has(text))).toEqual([]);
});

describe("a sentence of the room feed", () => {
  const remarks: FeedRemark[] = [
    { code: "home_assistant_unreachable" },
    { code: "too_few_rooms", used: 1, rooms: 3, needed: 2, missing },
    { code: "keeps_last" },
  ];

  it.each<[HomeLanguage, string]>([
    [
      "en",
      "Home Assistant cannot be reached; 1 of 3 rooms usable, 2 needed: Bad is unavailable; the heat pump keeps the last temperature it was sent.",
    ],
    [
      "de",
      "Home Assistant ist nicht erreichbar; 1 von 3 Räumen brauchbar, 2 nötig: Bad ist nicht verfügbar; die Wärmepumpe behält die zuletzt gesendete Temperatur.",
    ],
  ])("in %s has all remarks in their order", (language, sentence) => {
    expect(feedSentence(remarks, language)).toBe(sentence);
  });

  it("that ends with a question has no full stop behind it", () => {
    expect(feedSentence([{ code: "overwritten", byC: 0 }], "en")).toBe(
      "Something else sent the heat pump 0.0 °C: does another automation feed it?",
    );
  });
});
