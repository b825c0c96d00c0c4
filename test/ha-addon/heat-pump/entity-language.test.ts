import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openEntityLanguage } from "@heatloop/ha-addon/heat-pump/entity-language";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Chosen = typeof defaultSettings.entities.language;

/** The language at a start of the program, with Home Assistant in `ofHome`; undefined: it is away. */
async function atStart(chosen: Chosen, ofHome: string | undefined, folder = temporaryFolder()) {
  const stateFile = openStateFiles(folder, recordingLog())("entity-language");
  const language = await openEntityLanguage({
    settings: { current: () => ({ ...defaultSettings, entities: { language: chosen } }) },
    homeAssistant: {
      config: () =>
        ofHome === undefined
          ? undefined
          : { language: ofHome, timeZone: "Europe/Stockholm", temperatureUnit: "°C" as const },
    },
    stateFile,
  });
  return { language: language(), kept: () => stateFile.read() };
}

describe("the language of the entities' names", () => {
  it.each<[Chosen, string | undefined, string]>([
    ["en", "sv", "en"],
    ["de", "sv", "de"],
    ["auto", "sv", "sv"],
    ["auto", "no", "nb"],
    ["auto", "pt-BR", "en"],
    ["auto", undefined, "en"],
  ])("chosen as %s, with Home Assistant in %s, is %s", async (chosen, ofHome, expected) => {
    expect((await atStart(chosen, ofHome)).language).toBe(expected);
  });

  it("is English where nobody has chosen, as it was before there was a choice", () => {
    expect(defaultSettings.entities.language).toBe("en");
  });

  it("stays as it was while Home Assistant is away after a start", async () => {
    const folder = temporaryFolder();
    const { kept } = await atStart("auto", "sv", folder);
    await waitFor(async () => (await kept()) !== undefined, "it is kept");
    expect((await atStart("auto", undefined, folder)).language).toBe("sv");
    expect((await atStart("auto", "da", folder)).language).toBe("da");
  });
});
