import { deviceId, prefixName, prefixProblem, uniqueDeviceId } from "@heatloop/core/catalogue/prefix";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("a topic prefix", () => {
  test.each([
    ["ecodan-heatpump", "ecodan-heatpump", "Ecodan heatpump"],
    ["home/hp", "home_hp", "Hp"],
    ["/home/cellar/heatpump", "_home_cellar_heatpump", "Heatpump"],
    ["/esphome/AABBCC", "_esphome_AABBCC", "AABBCC"],
    ["keller/", "keller_", "Keller"],
    ["//", "__", "Heat pump"],
    ["my house/hp 1", "my_house_hp_1", "Hp 1"],
    ["..", "__", "Heat pump"],
    ["prices", "prices_", "Prices"],
    ["surplus", "surplus_", "Surplus"],
    ["__proto__", "__proto___", "Proto"],
    ["constructor", "constructor_", "Constructor"],
    ["wärme", "w_rme", "Wärme"],
  ])("%s is the device %s and reads %s", (prefix, id, name) => {
    expect(prefixProblem(prefix)).toBeUndefined();
    expect([deviceId(prefix), prefixName(prefix)]).toEqual([id, name]);
  });

  test.each([
    "",
    "a/+/b",
    "a#",
    "a\0b",
    "a\u0008b",
    "a\u009fb",
    "a\ud800b",
    "a\ufdd0b",
    "a\u{1fffe}",
    "$SYS/hp",
    "heatloop",
    "a".repeat(201),
  ])("%j is refused", (prefix) => {
    expect(prefixProblem(prefix)).not.toBeUndefined();
  });

  test("that is none of them is always a safe name of a folder, and never without a name", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 250, unit: "grapheme" }), (prefix) => {
        if (prefixProblem(prefix) !== undefined) return;
        expect(deviceId(prefix)).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
        expect(["prices", "surplus", ".", ".."]).not.toContain(deviceId(prefix));
        expect(prefixName(prefix).trim()).not.toBe("");
      }),
    );
  });
});

test("no two prefixes have the same unique id, which is the usual one where that is free and short", () => {
  const level = fc.string({ unit: fc.constantFrom("a", "b", "_", "/", " ", ".", "ü", "-"), maxLength: 200 });
  const prefixes = fc.uniqueArray(
    level.filter((text) => text !== ""),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(prefixes, (all) => {
      const taken = new Set<string>();
      for (const prefix of all) {
        const usual = deviceId(prefix);
        const id = uniqueDeviceId(prefix, (each) => taken.has(each));
        expect(id).toMatch(/^[A-Za-z0-9_-]{1,120}$/);
        expect(id === usual).toBe(usual.length <= 120 && !taken.has(usual));
        taken.add(id);
      }
      expect(taken.size).toBe(all.length);
    }),
  );
});
