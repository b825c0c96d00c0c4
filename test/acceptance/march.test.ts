import { describe } from "vitest";
import { expectOfDstMonth } from "./dst-month.ts";

describe("a simulated March with its DST night", () => {
  expectOfDstMonth({ from: "2026-03-01", to: "2026-03-31", seed: 11, night: "2026-03-29", nightS: 82_800 });
});
