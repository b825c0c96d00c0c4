import { outcomeOf } from "../channels/http-outcome.ts";
import type { PostAnswer } from "../channels/http-post.ts";
import type { WriteOutcome } from "../sending/row-target.ts";

/** What InfluxDB says where it took all lines but some: older than its retention, or another type than the field has. */
const takenButSome = /partial write|beyond retention|outside retention|field type conflict/i;

const help: Readonly<Record<number, string>> = {
  401: "check the user and the password, or the token, in the settings",
  403: "give the user or the token the right to write there",
  404: "check the address, and that the database or bucket is there: Heatloop does not make it",
  405: "check the address, which leads to another program or path",
};

/** What the answer of a write endpoint means; only 204 is what InfluxDB and those that take its lines answer. */
export function writeOutcome(answer: PostAnswer, at: number, signal: AbortSignal): WriteOutcome {
  if (answer.kind === "answered") {
    const { status, text } = answer;
    if (status === 204) return { kind: "taken" };
    if (status >= 200 && status < 300) {
      return { kind: "refused", why: `it answers ${status}, where InfluxDB answers 204; ${help[405]}` };
    }
    if ((status === 400 || status === 422) && takenButSome.test(text)) {
      return { kind: "rows_refused", why: whyOf(answer, at, signal) };
    }
    if (status === 413) return { kind: "too_large", why: whyOf(answer, at, signal) };
  }
  const outcome = outcomeOf(answer, at, signal);
  if (outcome.kind === "failed") return { kind: "failed", why: outcome.why, retryAfterMs: outcome.retryAfterMs };
  const hint = answer.kind === "answered" ? help[answer.status] : undefined;
  return { kind: "refused", why: `${whyOf(answer, at, signal)}${hint === undefined ? "" : `; ${hint}`}` };
}

function whyOf(answer: PostAnswer, at: number, signal: AbortSignal): string {
  const outcome = outcomeOf(answer, at, signal);
  return outcome.kind === "delivered" ? "" : outcome.why;
}
