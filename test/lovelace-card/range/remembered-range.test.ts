import { rememberedRange, rememberRange } from "@heatloop/lovelace-card/range/remembered-range";
import { afterEach, describe, expect, it, vi } from "vitest";

describe("the range that was last chosen", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is kept for each device, and is the day where nothing sensible is stored", () => {
    const stored = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
    rememberRange("one", "year");
    expect([rememberedRange("one"), rememberedRange("other")]).toEqual(["year", "day"]);
    stored.set("heatloop-range-one", "decade");
    expect(rememberedRange("one")).toBe("day");
  });

  it("is the day where the browser forbids storage", () => {
    const forbid = () => {
      throw new Error("forbidden");
    };
    vi.stubGlobal("localStorage", { getItem: forbid, setItem: forbid });
    rememberRange("one", "year");
    expect(rememberedRange("one")).toBe("day");
  });
});
