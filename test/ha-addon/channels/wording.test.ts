import { homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { channelTexts } from "@heatloop/ha-addon/channels/channel-texts";
import { cutToBytes, wordingOf } from "@heatloop/ha-addon/channels/wording";
import { describe, expect, it } from "vitest";
import { exampleMessage, newsAt } from "./news-examples.ts";
import { exampleSender } from "./sender-example.ts";

const holesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();

describe.each(homeLanguages)("a message in %s", (language) => {
  const texts = channelTexts[language];

  it("has a text for each kind of thing, with the times of the English one", () => {
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(channelTexts.en).toSorted());
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).not.toBe("");
      expect(holesOf(text), key).toEqual(holesOf(channelTexts.en[key as keyof typeof texts]));
    }
    const { info, warning, error, cleared, reminded, test } = texts;
    expect(new Set([info, warning, error, cleared, reminded, test]).size).toBe(6);
  });

  it("names the heat pump, what happened and since when", () => {
    const reader = { ...exampleSender, language };
    const end = exampleMessage({ kind: "cleared", at: newsAt + 3_600_000 });
    expect(wordingOf(exampleMessage(), reader).title).toBe(`Hp: ${texts.error}`);
    expect(wordingOf(exampleMessage(), reader).text).toMatch(/^Hp is offline\n.*2026-11-21 11:55/);
    expect(wordingOf(end, reader).title).toBe(`Hp: ${texts.cleared}`);
    expect(wordingOf(end, reader).text).toMatch(/2026-11-21 11:55.*2026-11-21 13:00/);
  });
});

it.each(homeLanguages.filter((each) => each !== "en"))("no sentence of %s is left in English", (language) => {
  const { en } = channelTexts;
  const own = channelTexts[language];
  expect([own.tested, own.since, own.ended].filter((text) => [en.tested, en.since, en.ended].includes(text))).toEqual(
    [],
  );
});

it("what is about the program is of Heatloop", () => {
  const message = exampleMessage({ device: null, deviceName: null, severity: "warning" });
  expect(wordingOf(message, exampleSender).title).toBe("Heatloop: Warning");
});

it.each([
  ["short", 10, "short"],
  ["exactly ten", 11, "exactly ten"],
  ["a longer text", 8, "a lon..."],
  ["äöüß", 7, "äö..."],
  ["🔥🔥🔥", 8, "🔥..."],
])("%s is at most %i bytes: %s", (text, bytes, cut) => {
  expect(cutToBytes(text, bytes)).toBe(cut);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
});
