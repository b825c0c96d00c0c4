import {
  afterMessage,
  type LiveData,
  type LiveDevice,
  type LiveMessage,
  noLiveData,
} from "@heatloop/ha-addon/page/live/live-data";
import { describe, expect, it } from "vitest";

const device: LiveDevice = {
  ...{ id: "home", prefix: "ecodan", name: "Home", online: true, zones: 1, language: "en", last_seen: null },
  ...{ operation: "heating", since: null, heat_power_w: 5000, electricity_power_w: 1200, cop: 4.2 },
  values: { flow_temperature_c: 34.5, compressor: true },
  ...{ today: null, room_feed: [] },
};
const head = { version: "1.2.3", time: "2026-11-21T10:30:00+01:00", time_zone: "Europe/Rome" };
const alert = { id: "x", severity: "warning", message: "m", device: null, since: head.time } as const;
const snapshot = { type: "snapshot", ...head, devices: [device], alerts: [alert] } as unknown as LiveMessage;

const knownAfter = (...messages: readonly LiveMessage[]) => messages.reduce(afterMessage, noLiveData);

describe("what the page knows", () => {
  it("begins with the snapshot, and again with another one after the connection was lost", () => {
    const known = knownAfter(snapshot);
    expect(known).toMatchObject({
      connection: "connected",
      version: "1.2.3",
      timeZone: "Europe/Rome",
      devices: [device],
    });
    const lost: LiveData = { ...known, connection: "lost" };
    expect(afterMessage(lost, { ...snapshot, devices: [] } as LiveMessage)).toMatchObject({
      ...{ connection: "connected", devices: [] },
    });
  });

  it.each([
    ["a value", { values: { flow_temperature_c: 41.5 } }, { values: { flow_temperature_c: 41.5, compressor: true } }],
    [
      "a new value",
      { values: { dhw_temperature_c: 50 } },
      { values: { flow_temperature_c: 34.5, dhw_temperature_c: 50 } },
    ],
    ["that a value is not known", { values: { compressor: null } }, { values: { compressor: null } }],
    ["what it does", { operation: "defrost" }, { operation: "defrost", cop: 4.2 }],
  ] as const)("takes %s of a change and keeps the rest", (_what, changes, expected) => {
    const change = { type: "change", device: "home", changes } as unknown as LiveMessage;
    expect(knownAfter(snapshot, change).devices[0]).toMatchObject(expected);
  });

  it("takes a heat pump that has just been found, and forgets one that is gone", () => {
    const found = { ...device, id: "cabin" };
    const both = knownAfter(snapshot, { type: "change", device: "cabin", changes: found });
    expect(both.devices.map(({ id }) => id)).toEqual(["home", "cabin"]);
    expect(afterMessage(both, { type: "gone", device: "home" }).devices).toEqual([found]);
  });

  it("replaces the alerts, and knows the time of the last sign of life", () => {
    const known = knownAfter(
      snapshot,
      { type: "alerts", alerts: [] },
      { type: "alive", time: "2026-11-21T10:31:00+01:00" },
    );
    expect([known.alerts, known.time]).toEqual([[], "2026-11-21T10:31:00+01:00"]);
  });

  it("is not disturbed by a kind of message that is not known", () => {
    expect(knownAfter(snapshot, { type: "later" } as unknown as LiveMessage)).toEqual(knownAfter(snapshot));
  });
});
