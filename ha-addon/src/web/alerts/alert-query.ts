import type { Zone } from "@heatloop/core/time/local-day";
import { z } from "zod";
import { alertJson, endedAlertJson } from "../json.ts";
import type { HeatloopView } from "../view.ts";

const usualLimit = 100;

/** Which alerts are asked for; texts, as a query has them. */
export const alertQuery = z.strictObject({
  state: z
    .enum(["active", "ended", "all"])
    .default("active")
    .describe("all: the active ones, then those that are over"),
  limit: z
    .string()
    .regex(/^([1-9]\d{0,2}|1000)$/, { error: "a whole number from 1 to 1000" })
    .default(String(usualLimit))
    .describe("so many that are over at most; the active ones are all there, on the first page"),
  before: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, { error: "the number that the Link header of the page before has" })
    .optional()
    .describe("older than that: the cursor of the next page, which the header Link: <...>; rel=next holds"),
});

/** A page of alerts, and the query of the next one where there is one. */
export function alertPage(view: HeatloopView, { state, limit, before }: z.output<typeof alertQuery>) {
  const zone: Zone = view.zone();
  const active = state === "ended" || before !== undefined ? [] : view.alerts();
  const older =
    state === "active" ? [] : view.endedAlerts().filter(({ number }) => number < Number(before ?? Infinity));
  const ended = older.slice(0, Number(limit));
  const last = ended.at(-1);
  return {
    alerts: [
      ...active.map((alert) => alertJson(alert, zone, view.language())),
      ...ended.map((alert) => endedAlertJson(alert, zone)),
    ],
    next: last && older.length > ended.length ? `state=${state}&limit=${limit}&before=${last.number}` : undefined,
  };
}
