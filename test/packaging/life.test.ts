import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { version } from "@heatloop/ha-addon/base/version";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { retainedTopics } from "#test/support/received-topics.ts";
import { ingressUser } from "#test/support/supervisor/ingress.ts";
import { canMakeNetwork } from "#test/support/supervisor/network.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { archivedIn, downloadedTimes, livedMinutes, makeOlder } from "./lived-minutes.ts";
import { prefix, type SupervisedHouse, startSupervisedHouse } from "./supervised-house.ts";

type Health = { readonly status: string; readonly mqtt: object; readonly home_assistant: { readonly state: string } };
type Settings = { readonly rooms: readonly object[]; readonly tariff: object };

const announcement = `homeassistant/device/heatloop_${prefix}/config`;
const kitchen = "sensor.kitchen";
/** A row may be on its way to the disk of a busy machine for so long. */
const rowWithinMs = 20_000;

describe.runIf(canMakeNetwork())("the app under the Supervisor", () => {
  let house: SupervisedHouse;
  const backups = mkdtempSync(join(tmpdir(), "heatloop-backup-"));
  const minutes = livedMinutes();
  let ofBackup: ReturnType<typeof minutes.saved> = [];
  /** What the room may have been said to be. */
  const temperatures = new Set<string>();

  const health = () => house.get<Health>("api/health");
  const isOnline = async () =>
    (await house.get<{ readonly online: boolean }>(`api/devices/${prefix}/status`)).online === true;

  async function begun(): Promise<void> {
    await waitFor(isOnline, `the heat pump is followed; ${house.app.written()}`);
    minutes.begin();
  }
  async function ended(): Promise<void> {
    minutes.end();
    expect(await house.stopApp()).toBe(0);
    expect(house.app.written()).toContain("Heatloop has ended");
  }
  function roomIs(temperatureC: number): void {
    temperatures.add(temperatureC.toFixed(1));
    house.core.setState(kitchen, `${temperatureC}`, { unit_of_measurement: "°C", device_class: "temperature" });
  }
  const put = (path: string, body: unknown, as?: "somebody") =>
    house.ask(path, {
      method: "PUT",
      headers: { "content-type": "application/json", "x-remote-user-id": ingressUser.id },
      body: JSON.stringify(body),
      ...(as && { as }),
    });

  beforeAll(async () => {
    house = await startSupervisedHouse("0.0.9");
  });
  afterAll(async () => {
    await house.close();
    rmSync(backups, { recursive: true });
  });
  afterEach(() => {
    const wrong = house.sent.filter(({ path, payload, retain }) => {
      return retain || !path.includes("room_temperature_feedback") || !temperatures.has(Number(payload).toFixed(1));
    });
    expect(wrong).toEqual([]);
  });

  it("starts without any option, and waits for a broker and for Core, which answers 502", async () => {
    await house.startApp();
    expect(await health()).toMatchObject({
      mqtt: { state: "away", detail: expect.stringContaining("install and start the Mosquitto broker app") },
      home_assistant: { state: "away", detail: expect.stringContaining("502") },
    });
  });

  it("finds the broker, Core and the heat pump once they are there, and puts its card and a link into Home Assistant", async () => {
    house.provideBroker();
    await house.startCore();
    roomIs(20.4);
    await begun();
    await waitFor(async () => (await health()).status === "ok", "both are connected");
    const payload = async () => (await retainedTopics(house.brokerUrl, announcement)).get(announcement);
    expect(await waitFor(payload, "the heat pump is announced")).toContain("homeassistant://app/a0d7b954_heatloop");
    const card = join(house.app.folders.homeAssistant, "www/heatloop/heatloop-card.js");
    await waitFor(() => house.supervisor.core.commands.includes("lovelace/resources/create"), "the card is a resource");
    expect(existsSync(card)).toBe(true);
  });

  it("lets administrators alone change it through ingress, whoever a browser says that it is", async () => {
    const settings = { rooms: [{ entity: kitchen }], tariff: { price_per_kwh: 0.31, currency: "EUR" } };
    expect((await put("api/settings", settings, "somebody")).status).toBe(403);
    expect((await put("api/settings", settings)).status).toBe(200);
    const channel = { kind: "ntfy", name: "phone", topic: "house", url: "http://127.0.0.1:9" };
    expect((await put("api/settings", { alerts: { channels: [channel] } })).status).toBe(200);
    expect((await put("api/channels/phone/secret", { secret: "tk_of_the_phone" })).status).toBe(204);
    expect((await house.ask("api/devices?path=/a/b")).status).toBe(400);
    await waitFor(() => house.sent.length > 0, "the room's temperature is sent");
  });

  it("stays at its heat pump while Core restarts, and follows the rooms again once it is back", async () => {
    await house.stopCore();
    await waitFor(async () => (await health()).home_assistant.state === "away", "Core is away");
    house.core.setState(kitchen, "unavailable");
    expect(await isOnline()).toBe(true);
    await house.startCore();
    await waitFor(async () => (await health()).home_assistant.state === "connected", "Core is back");
    const before = house.sent.length;
    roomIs(20.9);
    await waitFor(() => house.sent.slice(before).some(({ payload }) => payload === "20.9"), "the room is sent again");
  });

  it("is backed up while it runs: no copy that is taken while a minute is written has half a row", async () => {
    const until = Math.ceil(Date.now() / minuteMs) * minuteMs;
    await waitFor(() => Date.now() > until - 200, "a minute is about to end", minuteMs);
    const known = (await archivedIn(house.app.folders.config)).rows.size;
    const copies: string[] = [];
    for (let size = known; size === known; { size } = (await archivedIn(house.app.folders.config)).rows) {
      const copy = join(backups, String(copies.length));
      house.app.backUp(copy);
      copies.push(copy);
      expect(Date.now() - until).toBeLessThan(rowWithinMs);
    }
    house.app.backUp(join(backups, "last"));
    ofBackup = minutes.saved();
    for (const copy of copies) expect((await archivedIn(join(copy, "config"))).torn).toEqual([]);
    expect(copies.length).toBeGreaterThan(3);
  });

  it("starts again with the options that a person saves, and says what is wrong with others", async () => {
    await expect(house.saveOptions({ mqtt: {}, home_assistant: {}, log_level: "loud" })).rejects.toThrow("log_level");
    minutes.end();
    await house.saveOptions({ mqtt: {}, home_assistant: { url: "http://home:8123" } });
    expect(house.app.exitCode()).toBe(1);
    expect(house.app.written()).toContain("home_assistant.token: found nothing; allowed: a long-lived access token");
    await house.saveOptions({ mqtt: house.ownBroker, home_assistant: {} });
    await begun();
    expect(house.app.written()).toContain(`MQTT connected broker=${house.ownBroker.url}`);
    expect(house.app.written()).not.toMatch(/password-of-the-broker|tk_of_the_phone/);
    expect((await house.get<Settings>("api/settings")).rooms).toMatchObject([{ entity: kitchen }]);
  });

  it("is updated: another version goes on with the same folders, and reads what the older one wrote", async () => {
    await ended();
    const before = await archivedIn(house.app.folders.config);
    makeOlder(house.app.folders.config);
    house.app.pull(version);
    await house.startApp();
    await begun();
    expect(await health()).toMatchObject({ version, settings: { state: "ok" } });
    expect((await house.get<Settings>("api/settings")).rooms).toMatchObject([{ entity: kitchen }]);
    expect(await downloadedTimes(house)).toEqual([...before.rows.keys()]);
  });

  it("is restored into an app that was installed anew: rows, settings, secrets and its id are those of the backup", async () => {
    const copy = join(backups, "last");
    await ended();
    house.app.restore(copy);
    house.app.pull(version);
    const saved = await archivedIn(join(copy, "config"));
    minutes.restore(ofBackup);
    await house.startApp();
    await begun();
    expect(await downloadedTimes(house)).toEqual([...saved.rows.keys()]);
    const settings = await house.get<Settings>("api/settings");
    expect(settings).toMatchObject({ rooms: [{ entity: kitchen }], tariff: { price_per_kwh: 0.31 } });
    expect(await house.get("api/channels")).toMatchObject([{ name: "phone", has_secret: true }]);
    for (const name of ["installation", "settings", "channel-secrets", "device-ids"]) {
      const text = (folder: string) => readFileSync(join(folder, `${name}.json`), "utf8");
      expect(text(house.app.folders.data)).toBe(text(join(copy, "data")));
    }
  });

  it("leaves its entities offline when it ends, and nothing of its own at the broker when a person asks for that", async () => {
    const ours = async () => {
      const retained = [...(await retainedTopics(house.brokerUrl))];
      return retained.filter(([topic]) => /^heatloop\/|\/heatloop_/.test(topic));
    };
    await ended();
    const { id } = JSON.parse(readFileSync(join(house.app.folders.data, "installation.json"), "utf8"));
    const left = new Map(await ours());
    expect(left.get(`heatloop/${id}/status`)).toBe("offline");
    expect(left.has(announcement)).toBe(true);
    await house.startApp();
    await begun();
    expect((await house.ask("api/retained", { method: "DELETE", as: "somebody" })).status).toBe(403);
    expect((await house.ask("api/retained", { method: "DELETE" })).status).toBe(204);
    expect(await ours()).toEqual([]);
    await ended();
    expect(await ours()).toEqual([]);
    expect((await retainedTopics(house.brokerUrl, `${prefix}/#`)).size).toBeGreaterThan(100);
  });

  it("has logged every minute of all this in which it ran, each once and whole", async () => {
    minutes.expectIn(await archivedIn(house.app.folders.config));
  });
});
