import { curveZones } from "@heatloop/core/events/flow-curve";
import { emittedW } from "@heatloop/core/house/emitters";
import { curveAssumptions, type HeatingCurve } from "@heatloop/core/house/heating-curve";
import type { FlowAt } from "@heatloop/core/house/needed-flow";
import { round, roundOrNull } from "@heatloop/core/math/rounding";
import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import { deviceParams } from "./devices.ts";
import { finishedTag } from "./finished-answer.ts";
import { isKnownAnswer, sendNotModified } from "./http/etag.ts";
import { knownDevice, sendJson, type WebParts, type WebServer } from "./parts.ts";
import { deviceProblems, notModified } from "./problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "./range.ts";

const flowAt = z.object({ outdoor_c: z.number(), flow_c: z.number() });
const seenFlow = flowAt.extend({ minutes: z.int() });

const heatingCurveSchema = z.object({
  used: z.array(seenFlow).describe("mean flow while it heated, by whole degrees outdoors"),
  curves: z
    .record(z.enum(curveZones), z.array(seenFlow))
    .describe("each zone's compensation curve as the flow set-point shows it; empty where it follows none"),
  needed: z
    .object({
      points: z.array(flowAt).describe("flow that brings into the rooms what the house needs, running without a break"),
      suggested: z
        .object({ cold: flowAt, warm: flowAt })
        .describe("the lowest straight curve of whole degrees that nowhere gives less"),
      gain: z
        .object({
          lower_k: z.number().describe("flow that was used less flow that suffices, by heat; negative: it was too low"),
          electricity_share: z
            .number()
            .nullable()
            .describe("of the electricity for heating, 0 to 1; null where too little was measured"),
          verdict: z.enum(["lower", "fits", "higher"]),
        })
        .nullable()
        .describe("null where the range has no heating at these outdoor temperatures"),
      room_c: z.number(),
      emitters: z.object({
        exponent: z.number().describe("of the characteristic equation of EN 442: 1.3 radiators, 1.1 floor heating"),
        output_at_50_k_w: z.number().describe("of all together, with water 50 K warmer than the rooms"),
        days: z.int().describe("that it is learned from"),
      }),
    })
    .nullable(),
  why_unknown: z
    .enum(["too_few_days", "too_little_cold", "no_relation", "no_steady_heating"])
    .nullable()
    .describe("why needed is null: the house is not known yet, or its water never went round for more than an hour"),
  assumptions: z
    .array(z.enum(curveAssumptions))
    .describe("what needed rests on that was not measured: see docs/energy/heating-curve.md"),
});

/** A year: what is heated in each weather has been seen then. */
const usualDays = 364;

/** The heating curve: as it was used, as it is set, and as the house needs it. */
export function heatingCurveRoute(app: WebServer, parts: WebParts): void {
  const { view, clock } = parts;
  app.get(
    "/api/devices/:id/heating-curve",
    {
      schema: {
        tags: ["days"],
        params: deviceParams,
        querystring: z.strictObject(rangeQuery),
        summary: "Flow temperature by outdoor temperature: used, set, needed and suggested",
        description:
          "Of the last year where neither from nor to is given. What the house needs is learned from the year before to.",
        response: { 200: heatingCurveSchema, ...notModified, ...deviceProblems },
      },
    },
    async (request, reply) => {
      const { id } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays, longestDays: tenYearsDays };
      const [range] = required(checkedRange(request.query, rules));
      const span = datesOf(range, zone);
      const heating = view.heatingKind(id) ?? { emitterKind: null, zones: 1 };
      const tag = finishedTag(parts, { id, ...span, what: "report" }, ["heating-curve", heating]);
      if (tag !== undefined && isKnownAnswer(request, reply, tag)) return sendNotModified(reply);
      return sendJson(reply, JSON.stringify(heatingCurveJson(await view.heatingCurve(id, span, heating))));
    },
  );
}

function heatingCurveJson({
  used,
  curves,
  needed,
  why,
  assumptions,
}: HeatingCurve): z.output<typeof heatingCurveSchema> {
  return {
    used: used.map(seenJson),
    curves: { zone_1: curves.zone_1.map(seenJson), zone_2: curves.zone_2.map(seenJson) },
    needed: needed && neededJson(needed),
    why_unknown: why,
    assumptions: [...assumptions],
  };
}

function neededJson({
  points,
  suggested,
  gain,
  emitters,
}: NonNullable<HeatingCurve["needed"]>): NonNullable<z.output<typeof heatingCurveSchema>["needed"]> {
  return {
    points: points.map(flowJson),
    suggested: { cold: flowJson(suggested.cold), warm: flowJson(suggested.warm) },
    gain: gain && {
      lower_k: round(gain.lowerK, 1),
      electricity_share: roundOrNull(gain.electricityShare, 3),
      verdict: gain.verdict,
    },
    room_c: round(emitters.roomC, 1),
    emitters: { exponent: emitters.exponent, output_at_50_k_w: round(emittedW(emitters, 50)), days: emitters.days },
  };
}

function flowJson({ outdoorC, flowC }: FlowAt) {
  return { outdoor_c: outdoorC, flow_c: round(flowC, 1) };
}

function seenJson(point: FlowAt & { readonly minutes: number }) {
  return { ...flowJson(point), minutes: point.minutes };
}
