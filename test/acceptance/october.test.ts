import { describe } from "vitest";
import { expectOfDstMonth } from "./dst-month.ts";

describe("a simulated October with its DST night", () => {
  expectOfDstMonth({ from: "2026-10-01", to: "2026-10-31", seed: 7, night: "2026-10-25", nightS: 90_000 });
});
