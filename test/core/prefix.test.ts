import { deviceId, prefixName, prefixProblem } from "@heatloop/core/prefix";
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
    ["wärme", "w_rme", "Wärme"],
  ])("%s is the device %s and reads %s", (prefix, id, name) => {
    expect(prefixProblem(prefix)).toBeUndefined();
    expect([deviceId(prefix), prefixName(prefix)]).toEqual([id, name]);
  });

  test.each(["", "a/+/b", "a#", "a\0b", "$SYS/hp", "heatloop", "a".repeat(201)])("%j is refused", (prefix) => {
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
