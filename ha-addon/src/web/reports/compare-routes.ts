import { type Change, type Comparison, comparedFigures } from "@heatloop/core/house/compare-periods";
import { round } from "@heatloop/core/math/rounding";
import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import { deviceParams } from "../devices.ts";
import { knownDevice, sendJson, type WebParts, type WebServer } from "../parts.ts";
import { deviceProblems } from "../problem.ts";
import { checkedRange, datesOf, timeParameter } from "../range.ts";

const range = z.object({ from: z.number(), to: z.number() }).nullable();
const change = z
  .object({
    days_before: z.int().describe("with an equally cold day in the other period"),
    days_after: z.int(),
    before: z.number().describe("what the days after would have had in the period before"),
    after: z.number(),
    difference: z.number(),
    uncertainty: z.number().describe("half the width of the interval around the difference"),
    verdict: z.enum(["no_change", "more", "less"]),
  })
  .nullable()
  .describe("null where it is known of fewer than four days of similar weather");

const comparisonSchema = z.object({
  comparable: z.boolean().describe("false: the periods have no days of similar weather"),
  outdoor_before_c: range.describe("the outdoor temperatures of the period, where they are not comparable"),
  outdoor_after_c: range,
  changes: z.record(z.enum(comparedFigures), change).nullable(),
});

const query = z.strictObject({
  before_from: timeParameter.describe("First date of the period before, 2026-01-01"),
  before_to: timeParameter.describe("Last date of it, included"),
  after_from: timeParameter.describe("First date of the period after"),
  after_to: timeParameter.optional().describe("Last date of it, included; today where left out"),
});

/** Each of the two periods is at most five years: a house and its people change more over longer ones; chosen. */
const mostComparedDays = 5 * 366;

/** Two periods with the weather taken out: what a change of a setting did. */
export function compareRoutes(app: WebServer, { view, clock }: WebParts): void {
  app.get(
    "/api/devices/:id/compare",
    {
      schema: {
        tags: ["days"],
        params: deviceParams,
        querystring: query,
        summary: "Two periods compared with the weather taken out",
        description: "Days are compared with equally cold days; a change counts where it is more than chance.",
        response: { 200: comparisonSchema, ...deviceProblems },
      },
    },
    async (request, reply) => {
      const { id } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays: 0, longestDays: mostComparedDays };
      const { before_from, before_to, after_from, after_to } = request.query;
      const [before, after] = required(
        named("before", checkedRange({ from: before_from, to: before_to }, rules)),
        named("after", checkedRange({ from: after_from, to: after_to }, rules)),
      );
      const compared = await view.compare(id, datesOf(before, zone), datesOf(after, zone));
      return sendJson(reply, JSON.stringify(comparisonJson(compared)));
    },
  );
}

/** The mistakes of a range under the names that its dates have in this query. */
function named<T extends ReturnType<typeof checkedRange>>(period: "before" | "after", checked: T): T {
  if (checked.ok) return checked;
  return { ...checked, mistakes: checked.mistakes.map((each) => ({ ...each, path: `${period}_${each.path}` })) };
}

function comparisonJson(comparison: Comparison): z.output<typeof comparisonSchema> {
  if (!comparison.comparable) {
    const { outdoorBeforeC, outdoorAfterC } = comparison;
    return { comparable: false, outdoor_before_c: outdoorBeforeC, outdoor_after_c: outdoorAfterC, changes: null };
  }
  const changes = comparedFigures.map((figure) => [figure, changeJson(comparison.changes[figure])]);
  return { comparable: true, outdoor_before_c: null, outdoor_after_c: null, changes: Object.fromEntries(changes) };
}

function changeJson(of: Change | null): z.output<typeof change> {
  if (of === null) return null;
  return {
    days_before: of.daysBefore,
    days_after: of.daysAfter,
    before: round(of.before, 2),
    after: round(of.after, 2),
    difference: round(of.difference, 2),
    uncertainty: round(of.uncertainty, 2),
    verdict: of.verdict,
  };
}
