import { boostMinutes } from "@heatloop/ha-addon/hot-water/boost-command";
import { expect, it } from "vitest";

it.each([
  ["60", 60],
  ["5", 5],
  ["480", 480],
  [" 30\n", 30],
  ["0", 0],
  ["off", 0],
  ["OFF", 0],
  ["4", undefined],
  ["481", undefined],
  ["-30", undefined],
  ["1.5", undefined],
  ["1 h", undefined],
  ["ON", undefined],
  ["", undefined],
  ["0x20", undefined],
  ["1e2", undefined],
])("a boost of %j is one of %s minutes", (payload, minutes) => {
  expect(boostMinutes(payload)).toBe(minutes);
});
