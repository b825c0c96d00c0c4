import { channelFormTexts } from "@heatloop/ha-addon/page/channels/channel-form-texts";
import { formTexts } from "@heatloop/ha-addon/page/forms/form-texts";
import { languageNames } from "@heatloop/ha-addon/page/text/language-choice";
import { pageTexts } from "@heatloop/ha-addon/page/text/texts";
import { firstRunTexts } from "@heatloop/ha-addon/page/views/first-run/first-run-texts";
import { loadLateTexts } from "@heatloop/lovelace-card/text/late/late-texts";
import { roomTextsOf } from "@heatloop/lovelace-card/text/late/room-texts";
import { textsOf as cardTextsOf, loadTexts } from "@heatloop/lovelace-card/text/texts";
import type { TextsByLanguage } from "@heatloop/lovelace-card/text/texts-by-language";
import { describe, expect, it } from "vitest";

type Texts = Readonly<Record<string, string>>;

const parts: readonly (readonly [string, TextsByLanguage<Texts>])[] = [
  ["the page", pageTexts],
  ["the forms", formTexts],
  ["the first run", firstRunTexts],
  ["the channels' form", channelFormTexts],
];
const languages = Object.keys(languageNames).filter((language) => language !== "en");

async function textsOf(part: TextsByLanguage<Texts>, language: string): Promise<Texts> {
  await part.load(language);
  return part.texts(language);
}

const placeholdersOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
const lettersOf = (text: string) => text.match(/\p{L}/gu)?.length ?? 0;

describe.each(parts)("the texts of %s", (_, part) => {
  const english = part.texts("en");

  describe.each(languages)("in %s", (language) => {
    it("have every key of the English ones, in their order, and none is empty", async () => {
      const texts = await textsOf(part, language);
      expect(Object.keys(texts)).toEqual(Object.keys(english));
      for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe("");
    });

    it("have the placeholders of the English ones", async () => {
      const texts = await textsOf(part, language);
      for (const [key, text] of Object.entries(english)) {
        expect(placeholdersOf(texts[key] ?? ""), key).toEqual(placeholdersOf(text));
      }
    });

    it("are translated: hardly one of over 12 letters is as in English", async () => {
      const texts = await textsOf(part, language);
      const long = Object.keys(english).filter((key) => lettersOf(english[key] ?? "") > 12);
      const same = long.filter((key) => texts[key] === english[key]);
      expect(same.length, same.join(", ")).toBeLessThanOrEqual(long.length / 10);
    });
  });
});

/** Words of the card with the texts of the page that have the same one: the first run, and what the forms call it. */
describe("one vocabulary", () => {
  it.each(Object.keys(languageNames))("names the same thing alike on the card and the page in %s", async (language) => {
    await Promise.all([loadTexts(language), loadLateTexts(language)]);
    const card = cardTextsOf(language);
    const [page, forms, firstRun] = await Promise.all(
      [pageTexts, formTexts, firstRunTexts].map((part) => textsOf(part as TextsByLanguage<Texts>, language)),
    );
    const zone = card.zone.replace(" {zone}", "");
    const offline = card.offline.toLowerCase();
    expect([forms?.["rooms.zone"], firstRun?.zone]).toEqual([zone, zone]);
    expect(page?.rooms).toBe(roomTextsOf(language).rooms);
    expect([page?.offline, firstRun?.offline]).toEqual([card.offline, offline]);
    expect(page?.offline_since?.toLowerCase()).toContain(offline);
    expect(forms?.["alerts.offline_min"]?.toLowerCase()).toContain(offline);
    expect([firstRun?.heat_pump, firstRun?.broker]).toEqual([page?.heat_pump, page?.broker]);
  });
});

describe("what a file holds", () => {
  it.each(Object.keys(languageNames))("is said alike on the card and the page in %s", async (language) => {
    await loadTexts(language);
    const card: Texts = cardTextsOf(language);
    const page = await textsOf(pageTexts, language);
    const shared = Object.keys(page).filter((key) => key.endsWith("_hint") && Object.hasOwn(card, key));
    expect(shared).toHaveLength(5);
    for (const key of shared) expect(card[key], key).toBe(page[key]);
  });
});
