import { type Mode, type ModeInput, nextMode } from "@heatloop/simulator/firmware/mode";
import { type Compressor, type CompressorInput, nextCompressor } from "@heatloop/simulator/physics/compressor";
import { type HotWater, type HotWaterInput, nextHotWater } from "@heatloop/simulator/physics/hot-water";
import { describe, expect, it } from "vitest";

const minute = 60_000;
const now = 1000 * minute;

describe("the compressor", () => {
  const heating: CompressorInput = {
    at: now,
    wanted: true,
    powered: true,
    cooling: false,
    flowC: 30,
    targetC: 30,
    frost: 0,
    lockedOut: false,
  };
  const stopped = (minutes: number): Compressor => ({ kind: "stopped", since: now - minutes * minute });
  const running = (minutes: number, runMinutes = minutes): Compressor => ({
    kind: "running",
    since: now - minutes * minute,
    startedAt: now - runMinutes * minute,
  });
  const defrosting = (minutes: number): Compressor => ({
    kind: "defrosting",
    since: now - minutes * minute,
    startedAt: now - 60 * minute,
  });

  it.each<[string, Compressor, Partial<CompressorInput>, Compressor["kind"]]>([
    ["starts more than 2 °C below the target", stopped(10), { flowC: 27.9 }, "running"],
    ["waits within 2 °C of the target", stopped(10), { flowC: 28.1 }, "stopped"],
    ["rests for 3 minutes", stopped(2.9), { flowC: 20 }, "stopped"],
    ["does not start unless wanted", stopped(10), { flowC: 20, wanted: false }, "stopped"],
    ["does not start while locked out", stopped(10), { flowC: 20, lockedOut: true }, "stopped"],
    ["runs on within 2 °C above the target", running(30), { flowC: 31.9 }, "running"],
    ["stops more than 2 °C above the target", running(30), { flowC: 32.1 }, "stopped"],
    ["runs for at least 3 minutes", running(2), { flowC: 40 }, "running"],
    ["stops at once when nobody wants it", running(1), { wanted: false }, "stopped"],
    ["starts to cool 2 °C above the target", stopped(10), { cooling: true, targetC: 18, flowC: 20.1 }, "running"],
    ["stops cooling 2 °C below the target", running(30), { cooling: true, targetC: 18, flowC: 15.9 }, "stopped"],
    ["defrosts when frosted", running(40), { frost: 1 }, "defrosting"],
    ["not soon after the last defrost", running(10, 200), { frost: 1 }, "running"],
    ["never in cooling", running(40), { frost: 1, cooling: true }, "running"],
    ["goes on with a defrost that is not done", defrosting(3), { frost: 0.3 }, "defrosting"],
    ["finishes a defrost even if nobody wants it", defrosting(3), { frost: 0.3, wanted: false }, "defrosting"],
    ["ends a defrost when clean", defrosting(4), { frost: 0 }, "running"],
    ["ends a defrost after 8 minutes", defrosting(8), { frost: 0.5 }, "running"],
    ["stops without power, in whatever state", defrosting(3), { powered: false, frost: 0.5 }, "stopped"],
  ])("%s", (_, state, input, kind) => {
    expect(nextCompressor(state, { ...heating, ...input }).kind).toBe(kind);
  });

  it("keeps the time of its start over a defrost", () => {
    const after = nextCompressor(defrosting(4), { ...heating, frost: 0 });
    expect(after).toEqual({ kind: "running", since: now, startedAt: now - 60 * minute });
  });
});

describe("the controller's mode", () => {
  const quiet: ModeInput = {
    at: now,
    allowed: true,
    frostDanger: false,
    legionellaDue: false,
    hotWater: false,
    heating: false,
    cooling: false,
    defrosting: false,
    atRest: true,
  };

  it.each<[string, Mode, Partial<ModeInput>, Mode]>([
    ["heats when a zone asks", "off", { heating: true }, "heating"],
    ["puts hot water before heating", "heating", { heating: true, hotWater: true, atRest: false }, "hot_water"],
    ["goes back to heating with the compressor on", "hot_water", { heating: true, atRest: false }, "heating"],
    ["puts legionella before hot water", "hot_water", { hotWater: true, legionellaDue: true }, "legionella_prevention"],
    ["finishes a defrost first", "heating", { hotWater: true, defrosting: true }, "heating"],
    ["is off only when at rest", "heating", { atRest: false }, "heating"],
    ["is off when nobody asks", "heating", {}, "off"],
    ["turns to cooling only at rest", "hot_water", { cooling: true, atRest: false }, "hot_water"],
    ["cools at rest", "hot_water", { cooling: true }, "cooling"],
    ["turns from cooling to hot water only at rest", "cooling", { hotWater: true, atRest: false }, "cooling"],
    ["is off at a fault", "heating", { heating: true, allowed: false }, "off"],
    ["protects from frost while switched off", "off", { allowed: false, frostDanger: true }, "frost_protection"],
  ])("%s", (_, mode, input, expected) => {
    expect(nextMode({ mode, since: 0 }, { ...quiet, ...input }).mode).toBe(expected);
  });
});

describe("hot water", () => {
  const input: HotWaterInput = {
    at: now,
    tankC: 45,
    setpointC: 48,
    dropK: 8,
    legionellaC: 60,
    legionellaDue: false,
    forced: false,
    regular: false,
    prohibited: false,
  };
  const resting: HotWater = { kind: "resting" };
  const charging: HotWater = { kind: "charging", since: now - 20 * minute, why: "temperature" };
  const legionella = (hotMinutes: number | null): HotWater => ({
    kind: "legionella",
    since: now - 90 * minute,
    hotSince: hotMinutes === null ? null : now - hotMinutes * minute,
  });

  it.each<[string, HotWater, Partial<HotWaterInput>, HotWater["kind"]]>([
    ["rests within the drop", resting, {}, "resting"],
    ["charges below set-point minus drop", resting, { tankC: 39.9 }, "charging"],
    ["charges when forced", resting, { forced: true }, "charging"],
    ["does not charge a full tank when forced", resting, { forced: true, tankC: 48.1 }, "resting"],
    ["charges on a regular run", resting, { regular: true }, "charging"],
    ["ends at the set-point", charging, { tankC: 48 }, "resting"],
    ["goes on below the set-point", charging, { tankC: 47.9 }, "charging"],
    ["ends when prohibited", charging, { prohibited: true }, "resting"],
    ["gives up after two and a half hours", charging, { at: now + 150 * minute }, "resting"],
    ["runs against legionella when due", resting, { legionellaDue: true }, "legionella"],
    ["holds the legionella temperature", legionella(10), { tankC: 60 }, "legionella"],
    ["ends legionella after 15 minutes at its temperature", legionella(15), { tankC: 60 }, "resting"],
    ["gives up legionella after five hours", legionella(null), { at: now + 300 * minute }, "resting"],
  ])("%s", (_, state, change, kind) => {
    expect(nextHotWater(state, { ...input, ...change }).kind).toBe(kind);
  });
});
