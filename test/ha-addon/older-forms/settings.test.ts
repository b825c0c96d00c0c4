import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { copyOfForm, jsonOfForm, olderForms } from "./forms.ts";

async function opened(form: (typeof olderForms)[number]) {
  const folder = copyOfForm(form);
  const log = recordingLog();
  const settings = await openSettings({ folder, log });
  return {
    folder,
    log,
    settings,
    written: async () => JSON.parse(await readFile(join(folder, "settings.json"), "utf8")) as object,
  };
}

/** What a person may write as a text alone. */
function spelledOut(entered: object): object {
  const devices = "devices" in entered ? (entered.devices as readonly unknown[]) : [];
  return { ...entered, devices: devices.map((each) => (typeof each === "string" ? { prefix: each } : each)) };
}

describe.each(olderForms)("the settings that the version '%s' wrote", (form) => {
  const entered = jsonOfForm(form, "settings.json") as object;

  it("hold, each of them, without a word of complaint", async () => {
    const { settings, log } = await opened(form);
    expect(settings.trouble()).toBeUndefined();
    expect(settings.current()).toMatchObject(spelledOut(entered));
    expect(log.lines).toEqual([]);
    await settings.close();
  });

  it("are all in the file still after another one is changed", async () => {
    const { settings, written, folder } = await opened(form);
    expect(await settings.change({ alerts: { disk_free_mb: 900 } })).toMatchObject({ ok: true });
    const alerts = { ...("alerts" in entered ? (entered.alerts as object) : {}), disk_free_mb: 900 };
    expect(await written()).toEqual({ ...entered, alerts });
    expect((await readdir(folder)).filter((name) => name.includes("broken"))).toEqual([]);
    await settings.close();
  });
});
