import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";

let folder: string;
let file: string;
let log: ReturnType<typeof recordingLog>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heatloop-settings-"));
  file = join(folder, "settings.json");
  log = recordingLog();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openSettings({ folder, log });

describe("the settings file", () => {
  it("that is not there means the defaults, and nothing is written", async () => {
    const settings = await open();
    expect(settings.current()).toEqual(defaultSettings);
    expect(settings.trouble()).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it("keeps a change over a restart, and holds only what a person set", async () => {
    const settings = await open();
    const changed = await settings.change({ time_zone: "Europe/Rome", alerts: { offline_min: 30 } });
    expect(changed).toMatchObject({ ok: true, settings: { time_zone: "Europe/Rome", alerts: { offline_min: 30 } } });
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ time_zone: "Europe/Rome", alerts: { offline_min: 30 } });
    expect((await open()).current()).toEqual(settings.current());
    expect(await readdir(folder)).toEqual(["settings.json"]);
  });

  it("makes its folder where that is missing", async () => {
    folder = join(folder, "new", "data");
    const settings = await open();
    await settings.change({ time_zone: "UTC" });
    expect((await open()).current().time_zone).toBe("UTC");
  });

  it("takes a key back to its default with null", async () => {
    const settings = await open();
    await settings.change({ time_zone: "Europe/Rome", rooms: [{ entity: "climate.a" }] });
    await settings.change({ rooms: null });
    expect(settings.current()).toEqual({ ...defaultSettings, time_zone: "Europe/Rome" });
  });

  it("refuses a change with any mistake as a whole", async () => {
    const settings = await open();
    await settings.change({ time_zone: "Europe/Rome" });
    const refused = await settings.change({ time_zone: "UTC", alerts: { offline_min: 0 }, nonsense: 1 });
    expect(refused).toMatchObject({ ok: false, mistakes: [{ path: "alerts.offline_min" }, { path: "nonsense" }] });
    expect(settings.current().time_zone).toBe("Europe/Rome");
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ time_zone: "Europe/Rome" });
  });

  it("applies changes made at the same time one after the other", async () => {
    const settings = await open();
    await Promise.all([
      settings.change({ time_zone: "UTC" }),
      settings.change({ alerts: { offline_min: 5 } }),
      settings.change({ bad: 1 }),
      settings.change({ tariff: { currency: "EUR" } }),
    ]);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
      time_zone: "UTC",
      alerts: { offline_min: 5 },
      tariff: { currency: "EUR" },
    });
  });

  it("notifies who listens of a change, also where one of them fails, and no longer after they stopped", async () => {
    const settings = await open();
    const notified: string[] = [];
    settings.onChange(() => {
      throw new Error("listener");
    });
    const stop = settings.onChange((now, before) => notified.push(`${before.time_zone}>${now.time_zone}`));
    await settings.change({ time_zone: "UTC" });
    await settings.change({ time_zone: "UTC" });
    stop();
    await settings.change({ time_zone: "Europe/Rome" });
    expect(notified).toEqual([">UTC"]);
    expect(log.lines.join("\n")).toContain("listener");
  });

  it("that is not JSON is kept aside, named in the log and reported as trouble", async () => {
    await writeFile(file, '{"time_zone": "Europe/Ro');
    await utimes(file, new Date("2026-11-21T09:30:00Z"), new Date("2026-11-21T09:30:00Z"));
    const settings = await open();
    const keptAside = "settings.json.broken-20261121T093000Z";
    expect(settings.current()).toEqual(defaultSettings);
    expect(settings.trouble()).toEqual({
      mistakes: [{ path: "", found: "a text that is not JSON", allowed: "a JSON object" }],
      unknown: [],
      keptAside,
    });
    expect(await readFile(join(folder, keptAside), "utf8")).toBe('{"time_zone": "Europe/Ro');
    expect(log.lines.join("\n")).toContain(keptAside);
  });

  it("with mistakes is kept aside once, and its valid keys apply", async () => {
    await writeFile(file, '\uFEFF{"time_zone": "Europe/Rome", "alerts": {"offline_min": 0}}');
    const settings = await open();
    await open();
    expect(settings.current()).toEqual({ ...defaultSettings, time_zone: "Europe/Rome" });
    expect(settings.trouble()?.mistakes.map(({ path }) => path)).toEqual(["alerts.offline_min"]);
    expect((await readdir(folder)).length).toBe(2);
    expect(log.lines.join("\n")).toContain("alerts.offline_min: found 0; allowed: a whole number from 1 to 1440");
  });

  it("is well again after the next change", async () => {
    await writeFile(file, "[]");
    const settings = await open();
    expect(settings.trouble()).toBeDefined();
    await settings.change({});
    expect(settings.trouble()).toBeUndefined();
    expect((await open()).trouble()).toBeUndefined();
  });

  it("that cannot be written leaves the settings as they were", async () => {
    const settings = await open();
    await settings.change({ time_zone: "UTC" });
    await rm(folder, { recursive: true });
    await writeFile(folder, "a file where the folder was");
    await expect(settings.change({ time_zone: "Europe/Rome" })).rejects.toThrow();
    expect(settings.current().time_zone).toBe("UTC");
  });

  it("that cannot be read means the defaults and trouble", async () => {
    await mkdir(file);
    const settings = await open();
    expect(settings.current()).toEqual(defaultSettings);
    expect(settings.trouble()).toMatchObject({ mistakes: [{ found: "a file that cannot be read (EISDIR)" }] });
  });
});
