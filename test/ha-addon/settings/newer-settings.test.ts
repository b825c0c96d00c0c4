import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** As a newer version may write them. */
const newer = {
  time_zone: "Europe/Rome",
  forecast: { provider: "open-meteo", hours: 48 },
  room_feed: { mode: "median", smooth_min: 12 },
  rooms: [
    { entity: "climate.bath", floor: "upper" },
    { entity: "climate.hall", weight: 2, floor: "ground" },
  ],
  electricity: { meter: { entity: "sensor.meter", phases: 3 } },
};

async function opened(json: unknown) {
  const folder = temporaryFolder();
  const file = join(folder, "settings.json");
  await writeFile(file, JSON.stringify(json));
  const log = recordingLog();
  const settings = await openSettings({ folder, log });
  return {
    settings,
    log,
    written: async () => JSON.parse(await readFile(file, "utf8")) as unknown,
    unknown: () => settings.trouble()?.unknown.map(({ path }) => path),
    again: () => openSettings({ folder, log: recordingLog() }),
    copies: async () => (await readdir(folder)).filter((name) => name !== "settings.json"),
  };
}

const allUnknown = [
  "forecast",
  "electricity.meter.phases",
  "room_feed.smooth_min",
  "rooms[0].floor",
  "rooms[1].floor",
].sort();

describe("settings of a newer version", () => {
  it("hold as far as they are known, and what is not known is named", async () => {
    const { settings, log, unknown, copies } = await opened(newer);
    expect(settings.current()).toMatchObject({
      time_zone: "Europe/Rome",
      room_feed: { mode: "median" },
      rooms: [{ entity: "climate.bath" }, { entity: "climate.hall", weight: 2 }],
      electricity: { meter: { entity: "sensor.meter" } },
    });
    expect(unknown()?.sort()).toEqual(allUnknown);
    expect(settings.trouble()).toMatchObject({ mistakes: [], refusal: undefined });
    expect(log.lines.filter((line) => line.includes("settings.json"))).toHaveLength(allUnknown.length);
    expect(await copies()).toEqual([]);
  });

  it("are still in the file after any change that is not about them", async () => {
    const { settings, written, unknown, again } = await opened(newer);
    const changed = await settings.change({
      alerts: { offline_min: 30 },
      room_feed: { quorum: 1 },
      electricity: { correction_factor: 1.1 },
    });
    expect(changed.ok).toBe(true);
    expect(await written()).toEqual({
      ...newer,
      alerts: { offline_min: 30 },
      room_feed: { ...newer.room_feed, quorum: 1 },
      electricity: { ...newer.electricity, correction_factor: 1.1 },
    });
    expect(unknown()?.sort()).toEqual(allUnknown);
    expect((await again()).current()).toEqual(settings.current());
  });

  it("stay with the entry of a list that has them, wherever that moves", async () => {
    const { settings, written } = await opened(newer);
    await settings.change({ rooms: [{ entity: "climate.new" }, { entity: "climate.hall", weight: 2 }] });
    expect(await written()).toMatchObject({
      rooms: [{ entity: "climate.new" }, { entity: "climate.hall", weight: 2, floor: "ground" }],
    });
  });

  it("of an entry that is gone or was changed are in a copy of the file as it was", async () => {
    const { settings, copies, unknown } = await opened(newer);
    await settings.change({ rooms: [{ entity: "climate.hall", weight: 3 }] });
    expect(unknown()?.sort()).toEqual(["electricity.meter.phases", "forecast", "room_feed.smooth_min"]);
    const [copy = "", ...others] = await copies();
    expect(copy).toMatch(/^settings\.json\.broken-/);
    expect(others).toEqual([]);
    expect(settings.trouble()?.keptAside).toBe(copy);
  });

  it("go where a person takes them away with null", async () => {
    const { settings, written, unknown } = await opened(newer);
    expect(await settings.change({ forecast: null, room_feed: { smooth_min: null }, electricity: null })).toMatchObject(
      {
        ok: true,
      },
    );
    expect(unknown()).toEqual(["rooms[0].floor", "rooms[1].floor"]);
    expect(await written()).toEqual({
      time_zone: "Europe/Rome",
      room_feed: { mode: "median" },
      rooms: newer.rooms,
    });
  });

  it("cannot be changed: a key that is not known is a mistake in a change", async () => {
    const { settings, written } = await opened(newer);
    const refused = await settings.change({ forecast: { hours: 24 } });
    expect(refused).toMatchObject({ ok: false, mistakes: [{ path: "forecast", found: "an unknown key" }] });
    expect(await written()).toEqual(newer);
  });

  it("beside real mistakes hold as well, and both are named", async () => {
    const { settings, unknown } = await opened({ ...newer, alerts: { offline_min: 0, sound: "bell" } });
    expect(settings.trouble()?.mistakes.map(({ path }) => path)).toEqual(["alerts.offline_min"]);
    expect(unknown()?.sort()).toEqual([...allUnknown, "alerts.sound"].sort());
    expect(settings.current()).toMatchObject({ room_feed: { mode: "median" } });
  });
});
