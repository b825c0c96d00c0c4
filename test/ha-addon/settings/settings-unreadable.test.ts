import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { mendFile, unreadables } from "#test/support/unreadable-file.ts";

/** The name of the copy that is made of a broken file of that time. */
const copyName = /^settings\.json\.broken-/;

describe.each(unreadables)("settings.json that cannot be read (%s)", (code, make) => {
  async function unreadable() {
    const folder = temporaryFolder();
    const file = join(folder, "settings.json");
    make(file);
    const log = recordingLog();
    return { folder, file, log, settings: await openSettings({ folder, log }) };
  }

  it("means the defaults, and what to do is logged", async () => {
    const { settings, log } = await unreadable();
    expect(settings.current()).toEqual(defaultSettings);
    const sentence =
      `settings.json in the data folder cannot be read (${code}): the defaults hold, and changes are refused, as they ` +
      "would overwrite it. Let Heatloop read the file or take it away, then send the change again or restart Heatloop";
    expect(settings.trouble()?.refusal).toEqual({ code: "settings_unreadable", error: code });
    expect(log.lines.join("\n")).toContain(sentence);
  });

  it("refuses each change and is left as it is", async () => {
    const { folder, file, settings } = await unreadable();
    const before = lstatSync(file);
    for (const patch of [{ time_zone: "UTC" }, {}, { rooms: null }]) {
      expect(await settings.change(patch)).toEqual({ ok: false, mistakes: [], refusal: settings.trouble()?.refusal });
    }
    expect(settings.current()).toEqual(defaultSettings);
    expect(readdirSync(folder)).toEqual(["settings.json"]);
    expect([lstatSync(file).ino, lstatSync(file).mode]).toEqual([before.ino, before.mode]);
  });

  it("applies with the change once it can be read, and whoever follows the settings is notified", async () => {
    const { file, settings } = await unreadable();
    const zones: string[] = [];
    settings.onChange((now) => zones.push(now.time_zone));
    await settings.change({ alerts: { offline_min: 5 } });
    mendFile(file, '{"time_zone": "Europe/Rome"}');
    expect(await settings.change({ alerts: { offline_min: 5 } })).toMatchObject({
      ok: true,
      settings: { time_zone: "Europe/Rome", alerts: { offline_min: 5 } },
    });
    expect(settings.trouble()).toBeUndefined();
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ time_zone: "Europe/Rome", alerts: { offline_min: 5 } });
    expect(zones.at(-1)).toBe("Europe/Rome");
  });

  it("is no trouble any more once a person removed it", async () => {
    const { file, settings } = await unreadable();
    rmSync(file, { recursive: true });
    expect(await settings.change({ time_zone: "UTC" })).toMatchObject({ ok: true });
    expect(settings.trouble()).toBeUndefined();
  });
});

describe("settings.json with mistakes", () => {
  it.each([
    ["broken JSON", '{"time_zone": "Europe/Ro'],
    ["a wrong value", '{"time_zone": "UTC", "alerts": {"offline_min": 0}}'],
  ])("(%s) is overwritten only where a copy was kept aside", async (_what, text) => {
    const folder = temporaryFolder();
    const file = join(folder, "settings.json");
    writeFileSync(file, text);
    const log = recordingLog();
    // A folder has the name that the copy would get.
    const kept = await openSettings({ folder, log });
    const copy = kept.trouble()?.keptAside as string;
    expect(copy).toMatch(copyName);
    rmSync(join(folder, copy));
    mkdirSync(join(folder, copy));

    const settings = await openSettings({ folder, log });
    expect(settings.trouble()).toMatchObject({ keptAside: null, refusal: { code: "settings_uncopied" } });
    expect(await settings.change({ time_zone: "Europe/Rome" })).toMatchObject({ ok: false, mistakes: [] });
    expect(readFileSync(file, "utf8")).toBe(text);

    rmSync(join(folder, copy), { recursive: true });
    expect(await settings.change({ time_zone: "Europe/Rome" })).toMatchObject({ ok: true });
    expect(readFileSync(join(folder, copy), "utf8")).toBe(text);
    expect(settings.current().time_zone).toBe("Europe/Rome");
  });
});
