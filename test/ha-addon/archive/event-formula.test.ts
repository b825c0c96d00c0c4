import { createHash } from "node:crypto";
import { dayEvents } from "@heatloop/core/events/day-events";
import { figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { zoneOf } from "@heatloop/core/time/local-day";
import { eventFormula } from "@heatloop/ha-addon/archive/event-formula";
import { expect, test } from "vitest";
import { resultsOf, ruleFiles } from "#test/core/examples/rule-cases.ts";

test("a changed way of finding events has a name of its own, so that events kept by the old one do not count", async () => {
  const zone = zoneOf("UTC");
  if (zone === undefined) throw new Error("no UTC");
  const startAt = zone.startOf("2026-01-01");
  const minutes = Array.from({ length: 1440 }, (_, row): Minute => {
    const number = (column: number) => ((row >> 3) * (column + 3)) % 61;
    return {
      at: startAt + row * 60_000,
      figures: Object.fromEntries(figures.map((figure, i) => [figure, number(i)])) as Minute["figures"],
      points: Object.fromEntries(loggedPoints.map((point, i) => [point, number(i + 7)])),
    };
  });
  const ruled = (await ruleFiles()).map(({ rule, cases }) => [
    rule.name,
    cases,
    cases.map((each) => resultsOf(rule, each)),
  ]);
  const made = JSON.stringify([dayEvents({ date: "2026-01-01", zone, minutes }), ruled]);
  const name = createHash("sha256").update(made).digest("hex").slice(0, 12);
  expect(eventFormula, `write "${name}" into ha-addon/src/archive/event-formula.ts`).toBe(name);
});
