import { createHash } from "node:crypto";
import { dayEnergyOfColumns } from "@heatloop/core/day-energy";
import { dayFormula } from "@heatloop/ha-addon/day-formula";
import { expect, test } from "vitest";
import { sampleDay } from "../support/sample-day.ts";

test("a changed formula of a day's energy has a name of its own, so that kept summaries of the old one do not count", () => {
  const made = JSON.stringify(dayEnergyOfColumns(sampleDay()));
  const name = createHash("sha256").update(made).digest("hex").slice(0, 12);
  expect(dayFormula, `write "${name}" into ha-addon/src/day-formula.ts`).toBe(name);
});
