import { deviceId } from "@heatloop/core/catalogue/prefix";
import { problemText } from "@heatloop/ha-addon/alerts/texts/problem-text";
import type { Candidate } from "@heatloop/ha-addon/heat-pump/owner-rules";
import { type Owners, startOwners } from "@heatloop/ha-addon/heat-pump/owners";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { describe, expect, it, onTestFinished } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const s = 1000;
const live = (id: string): Candidate => ({ id, wasSeenLive: true });
const retained = (id: string): Candidate => ({ id, wasSeenLive: false });
/** Its trouble as people read it in English. */
function said(owners: Owners): string | null {
  const trouble = owners.trouble();
  return trouble && problemText(trouble, "en");
}

const rooms = [{ entity: "climate.living_room" }];

async function house(parts: { readonly stored?: string; readonly settings?: object } = {}) {
  const clock = simulatedClock(0);
  const log = recordingLog();
  const settings = await openSettings({ folder: temporaryFolder(), log });
  const changed = await settings.change(parts.settings ?? { rooms });
  expect(changed.ok).toBe(true);
  let candidates: readonly Candidate[] = [];
  let kept: unknown = parts.stored === undefined ? undefined : { device: parts.stored };
  const owners = await startOwners({
    clock,
    log,
    settings,
    stateFile: {
      read: async () => kept,
      write: async (value) => {
        kept = value;
      },
    },
    ids: { named: deviceId },
    candidates: () => candidates,
    onChange: () => undefined,
  });
  onTestFinished(owners.stop);
  return {
    owners,
    log,
    kept: () => kept,
    /** The id of the one that owns what names no heat pump. */
    ownerAfter(ms: number, now: readonly Candidate[]): string | undefined {
      candidates = now;
      owners.reevaluate();
      clock.advanceTo(clock.now() + ms);
      return now.find(({ id }) => owners.owns(id, undefined))?.id;
    },
  };
}

describe("what names no heat pump", () => {
  it("is the only one's once every other one can have been found, and it is stored after a minute", async () => {
    const { ownerAfter, owners, kept } = await house();
    expect(ownerAfter(s, [retained("a")])).toBeUndefined();
    expect(ownerAfter(s, [live("a")])).toBeUndefined();
    expect(owners.whyUnowned()).toEqual({ code: "owner_awaited" });
    expect(ownerAfter(14 * s, [live("a")])).toBe("a");
    expect([owners.whyUnowned(), kept()]).toEqual([null, undefined]);
    expect(ownerAfter(100 * s, [live("a")])).toBe("a");
    expect(kept()).toEqual({ device: "a" });
  });

  it("stays the stored one's where another publishes first after a restart, or alone", async () => {
    const { ownerAfter } = await house({ stored: "a" });
    expect(ownerAfter(s, [live("b"), retained("a")])).toBe("a");
    expect(ownerAfter(600 * s, [live("b"), retained("a")])).toBe("a");
    expect(ownerAfter(s, [live("b"), live("a")])).toBe("a");
  });

  it("belongs to none of several that are live, and one line in the log has what to set", async () => {
    const { ownerAfter, owners, log, kept } = await house();
    expect(ownerAfter(600 * s, [live("a"), live("b")])).toBeUndefined();
    expect(said(owners)).toBe(
      "There are several heat pumps (a, b), and it is not known whose rooms[0] are: they are used for none of them. Name the heat pump in rooms[0].device",
    );
    expect(log.lines.filter((line) => line.includes("several heat pumps"))).toHaveLength(1);
    expect(kept()).toBeUndefined();
  });

  it("belongs to none yet where a second one came before the first was alone for a minute", async () => {
    const { ownerAfter } = await house();
    expect(ownerAfter(20 * s, [live("a")])).toBe("a");
    expect(ownerAfter(s, [live("a"), live("b")])).toBeUndefined();
  });

  it("is the only one's that the settings name, at once and also before it is seen", async () => {
    const { ownerAfter, kept } = await house({ settings: { rooms, devices: ["a"] } });
    expect(ownerAfter(s, [retained("a")])).toBe("a");
    expect(ownerAfter(100 * s, [live("a")])).toBe("a");
    expect(kept()).toEqual({ device: "a" });
  });

  it("is the living one's where the other is known from retained messages alone", async () => {
    const { ownerAfter, owners } = await house();
    expect(ownerAfter(10 * s, [live("a"), retained("old")])).toBeUndefined();
    expect(ownerAfter(60 * s, [live("a"), retained("old")])).toBe("a");
    expect(owners.trouble()).toBeNull();
  });

  it("belongs to none when the other one publishes too after all", async () => {
    const { ownerAfter } = await house();
    expect(ownerAfter(200 * s, [live("a"), retained("b")])).toBe("a");
    expect(ownerAfter(200 * s, [live("a"), live("b")])).toBeUndefined();
  });

  it("belongs to none while only another than the stored one is there, and a sentence has what to set", async () => {
    const { ownerAfter, owners, kept } = await house({ stored: "a" });
    expect(ownerAfter(s, [live("b")])).toBeUndefined();
    expect(ownerAfter(200 * s, [live("b")])).toBeUndefined();
    expect(kept()).toEqual({ device: "a" });
    const sentence =
      "rooms[0] belonged to the heat pump a so far, which is not on the broker: they are used for no heat pump. There is b; if it took the place of a, name it in rooms[0].device";
    expect(said(owners)).toBe(sentence);
    expect(owners.whyUnowned()).toEqual(owners.trouble());
    expect(ownerAfter(s, [live("b"), live("a")])).toBe("a");
  });

  it("goes to the new one where the stored one was removed", async () => {
    const { ownerAfter, owners, kept } = await house({ stored: "a" });
    expect(ownerAfter(200 * s, [live("b"), live("a")])).toBe("a");
    owners.forget("b");
    expect(kept()).toEqual({ device: "a" });
    owners.forget("a");
    expect(ownerAfter(200 * s, [live("b")])).toBe("b");
    expect(kept()).toEqual({ device: "b" });
  });
});

describe("what names a heat pump", () => {
  it("is that one's by its prefix, whoever else is there", async () => {
    const { owners, ownerAfter } = await house({ settings: { rooms: [{ ...rooms[0], device: "home/hp" }] } });
    ownerAfter(600 * s, [live("home_hp"), live("b")]);
    expect([owners.owns("home_hp", "home/hp"), owners.owns("b", "home/hp")]).toEqual([true, false]);
    expect(owners.trouble()).toBeNull();
  });

  it("belongs to none where there is no such heat pump, with a sentence", async () => {
    const electricity = { meter: { entity: "sensor.energy", device: "gone" } };
    const { owners, ownerAfter } = await house({ settings: { electricity } });
    ownerAfter(600 * s, [live("a")]);
    expect(owners.owns("a", "gone")).toBe(false);
    expect(said(owners)).toBe(
      "electricity.meter.device names gone, which is not on the broker: it is used for no heat pump. There is a",
    );
  });
});
