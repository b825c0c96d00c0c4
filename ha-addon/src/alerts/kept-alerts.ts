import { z } from "zod";
import type { AlertEntry } from "./alert-entry.ts";
import { type AlertLog, emptyAlertLog } from "./alert-log.ts";
import type { AlertProblem } from "./alert-problem.ts";
import { alertSentence } from "./alert-sentence.ts";
import type { RunningRuleId } from "./rules/running-rules.ts";
import { severities } from "./rules/severity.ts";

const acknowledgement = z.object({ at: z.number(), by: z.string().nullable() }).nullable();
const alertShape = {
  id: z.string(),
  severity: z.enum(severities),
  device: z.string().nullable(),
  deviceName: z.string().nullable(),
  sinceAt: z.number(),
  acknowledged: acknowledgement,
};

const entry = z.object({
  phase: z.enum(["active", "dismissed"]),
  alert: z.object({
    ...alertShape,
    problem: z.preprocess(withTodaysCode, z.custom<AlertProblem>(isReadable)),
    snoozedUntil: z.number().nullable(),
  }),
  mark: z.string().nullable(),
  lastedMs: z.number().nonnegative(),
});

const ended = z.object({ ...alertShape, number: z.int().positive(), message: z.string(), endedAt: z.number() });

const kept = z.object({ entries: z.array(z.unknown()), ended: z.array(z.unknown()), next: z.int().positive() });

/** Codes that are called otherwise since an earlier version wrote them. */
const renamedCodes: Readonly<Partial<Record<string, RunningRuleId>>> = {
  immersion_heater_on: "immersion_heater",
  booster_heater_on: "booster_heater",
};

function withTodaysCode(problem: unknown): unknown {
  const { data } = z.looseObject({ code: z.string() }).safeParse(problem);
  return data === undefined ? problem : { ...data, code: renamedCodes[data.code] ?? data.code };
}

/** Whether a problem that another version of the program wrote has its sentence here. */
function isReadable(problem: unknown): boolean {
  try {
    return typeof alertSentence(problem as AlertProblem, "en") === "string";
  } catch {
    return false;
  }
}

/** The log as it is saved: what waits is found again. */
export function savedAlerts({ entries, history }: AlertLog): z.input<typeof kept> {
  return {
    entries: entries
      .filter(({ phase }) => phase !== "waiting")
      .map(({ phase, alert, mark, lastedMs }) => ({ phase, alert, mark, lastedMs })),
    ended: [...history.ended],
    next: history.next,
  };
}

/** The log of a saved one; what cannot be read of it is left out. */
export function restoredAlerts(saved: unknown): AlertLog {
  const { data } = kept.safeParse(saved);
  if (data === undefined) return emptyAlertLog;
  const entries = readable(entry, data.entries).map(
    (each): AlertEntry => ({ ...each, goneMs: null, isRestored: true }),
  );
  return { ...emptyAlertLog, entries, history: { ended: readable(ended, data.ended), next: data.next } };
}

function readable<T>(schema: z.ZodType<T>, list: readonly unknown[]): T[] {
  return list.flatMap((each) => {
    const { data } = schema.safeParse(each);
    return data === undefined ? [] : [data];
  });
}
