import { secondMs } from "@heatloop/core/time/durations";
import { parseJson } from "@heatloop/program/json-text";
import { messageOf } from "@heatloop/program/log";
import { type Delivery, failed, refused } from "./delivery.ts";
import type { PostAnswer } from "./http-post.ts";

/** Why an attempt is cut short. */
export const noAnswerInTime = "there was no answer within 15 s";
export const programEnds = "Heatloop ended meanwhile";

/**
 * What an answer means. 2xx is delivered; 408, 429, 5xx and a broken connection are tried again; all else is refused for
 * good. `ownRetryAfterS` is where a service says in its body how long to wait.
 */
export function outcomeOf(
  answer: PostAnswer,
  at: number,
  signal: AbortSignal,
  ownRetryAfterS: (text: string) => number | null = () => null,
): Delivery {
  if (answer.kind === "broken") return brokenOff(answer, signal);
  const { status, retryAfter, text } = answer;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (status >= 300 && status < 400) {
    return refused(`it answers with a redirect (${status}), which is not followed: give the address that it leads to`);
  }
  const shown = shownText(sentenceIn(text));
  const why = `it answers ${status}${shown === "" ? "" : `: ${shown}`}`;
  if (status !== 408 && status !== 429 && status < 500) return refused(why);
  const bodySeconds = ownRetryAfterS(text);
  return failed(why, { retryAfterMs: bodySeconds === null ? retryAfterMs(retryAfter, at) : bodySeconds * secondMs });
}

/** An attempt whose connection ended without an answer, or never stood. */
export function brokenOff(
  { error, connected }: { readonly error: unknown; readonly connected: boolean },
  signal: AbortSignal,
): Delivery {
  if (signal.aborted) {
    const timedOut = signal.reason === noAnswerInTime;
    return failed(timedOut ? noAnswerInTime : programEnds, { timedOut, mayHaveArrived: connected });
  }
  const what = connected ? "the connection ended before there was an answer" : "there is no connection";
  return failed(`${what}: ${errorText(error)}`, { mayHaveArrived: connected });
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds or a date; null where it says neither. */
export function retryAfterMs(header: string | undefined, at: number): number | null {
  if (header === undefined) return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * secondMs;
  const until = /^\s*[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(until) ? null : Math.max(0, until - at);
}

/** What a service says in its JSON, where that is a sentence: Telegram's description, ntfy's error, PagerDuty's errors. */
function sentenceIn(text: string): string {
  const json = parseJson(text);
  if (!json.ok || typeof json.value !== "object" || json.value === null) return text;
  const { description, message, error, errors } = json.value as Readonly<Record<string, unknown>>;
  const said = [description, message, error, errors].flat().filter((each) => typeof each === "string" && each !== "");
  return said.length === 0 ? text : said.join(": ");
}

/** What the other side wrote, in one line that is short enough to read; a page for a browser says nothing. */
export function shownText(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  if (line.startsWith("<")) return "";
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}

/** An error that tried several addresses has no text of its own. */
function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return shownText(messageOf(error));
}
