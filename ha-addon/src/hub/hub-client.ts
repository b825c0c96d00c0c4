import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { backoffMs } from "@heatloop/program/backoff";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { parseJson } from "@heatloop/program/json-text";
import { signRequest } from "@heatloop/program/signed-request";
import { brokenOff, noAnswerInTime, retryAfterMs, shownText } from "../channels/http-outcome.ts";
import { askOnce, type HttpRequest, type PostAnswer } from "../channels/http-post.ts";
import { certificateProblem, withAuthority } from "./hub-certificate.ts";

/** As long as `noAnswerInTime` says. */
export const hubAnswersWithinMs = 15 * secondMs;
const firstRetryMs = 5 * secondMs;
const longestRetryMs = 5 * minuteMs;
const longestAskedMs = hourMs;
/** From there on requests are signed by the hub's time; `Date` is exact to a second, and an answer takes its time. */
const correctedFromMs = 20 * secondMs;

/** What became of a request. `waitMs`: before it may be tried again, another for each home. */
export type HubAnswer =
  | { readonly kind: "taken"; readonly status: number; readonly text: string }
  /** The same request would be refused again. */
  | { readonly kind: "refused"; readonly status: number; readonly why: string }
  | { readonly kind: "away"; readonly why: string; readonly waitMs: number };

/** Sends signed requests to one hub, each once. */
export type HubClient = {
  /**
   * POSTs a body to a path of the hub; never rejected. One that is refused because of this machine's clock is signed again by
   * the hub's. Headers such as Content-Encoding can be added.
   */
  send(
    path: string,
    body: string | Uint8Array,
    contentType: string,
    more?: { readonly headers?: Readonly<Record<string, string>>; readonly ended?: AbortSignal },
  ): Promise<HubAnswer>;
  /** DELETEs a path of the hub; else as `send`. */
  remove(path: string, ended: AbortSignal): Promise<HubAnswer>;
  /** How far this machine's clock is behind the hub's, ms, by the hub's last answer; undefined before that. */
  clockBehindMs(): number | undefined;
};

export type HubClientParts = {
  readonly clock: Clock;
  /** 0 to 1; for the jitter. */
  readonly random: () => number;
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: SignatureKey & { readonly keyId: string };
  /** The file (PEM) with the authority of the hub's certificate; empty: one that every machine knows. */
  readonly caFile: string;
};

export function newHubClient({ clock, random, url, key, caFile }: HubClientParts): HubClient {
  let behindMs: number | undefined;
  const waits = newWaits(random);

  const correctionMs = () => (Math.abs(behindMs ?? 0) >= correctedFromMs ? (behindMs ?? 0) : 0);

  async function once({ method, path, body, headers, ended }: Sent) {
    const slow = new AbortController();
    const stop = clock.after(hubAnswersWithinMs, () => slow.abort(noAnswerInTime));
    const signal = ended === undefined ? slow.signal : AbortSignal.any([ended, slow.signal]);
    const target = `${url}${path}`;
    try {
      const signed = await signRequest(
        { method, url: target, ...(body && { body }) },
        key,
        clock.now() + correctionMs(),
      );
      const asked = { method, url: target, headers: { ...headers, ...signed }, body };
      const answer = await withAuthority(caFile, (ca) => askOnce({ ...asked, ca }, signal));
      if (answer.kind === "answered") behindMs = behindBy(answer.date, clock.now()) ?? behindMs;
      return { answer, signal };
    } finally {
      stop();
    }
  }

  async function sent(request: Sent): Promise<HubAnswer> {
    const before = correctionMs();
    let { answer, signal } = await once(request);
    const isOfOldTime = Math.abs(correctionMs() - before) >= correctedFromMs;
    if (answer.kind === "answered" && answer.status === 401 && isOfOldTime) {
      ({ answer, signal } = await once(request));
    }
    return meaningOf(answer, signal, { clock, url, caFile, waits });
  }

  return {
    send(path, given, contentType, { headers = {}, ended } = {}) {
      const body = typeof given === "string" ? Buffer.from(given) : given;
      return sent({ method: "POST", path, body, headers: { "content-type": contentType, ...headers }, ended });
    },
    remove: (path, ended) => sent({ method: "DELETE", path, body: undefined, headers: {}, ended }),
    clockBehindMs: () => behindMs,
  };
}

/** How long to wait after a request that failed, longer after each. */
type Waits = { afterFailure(askedMs: number | null): number; begin(): void };

function newWaits(random: () => number): Waits {
  let failures = 0;
  return {
    afterFailure(askedMs) {
      failures += 1;
      // Homes that lost the hub at one moment do not come back at one moment.
      const own = backoffMs(failures - 1, firstRetryMs, longestRetryMs) * (0.5 + random() / 2);
      return Math.max(own, Math.min(longestAskedMs, (askedMs ?? 0) * (1 + random() / 4)));
    },
    begin() {
      failures = 0;
    },
  };
}

function meaningOf(
  answer: PostAnswer,
  signal: AbortSignal,
  { clock, url, caFile, waits }: Pick<HubClientParts, "clock" | "url" | "caFile"> & { readonly waits: Waits },
): HubAnswer {
  if (answer.kind === "broken") {
    const delivery = brokenOff(answer, signal);
    const why = certificateProblem(answer.error, url, caFile) ?? (delivery.kind === "delivered" ? "" : delivery.why);
    return { kind: "away", why, waitMs: waits.afterFailure(null) };
  }
  const { status, text, retryAfter } = answer;
  if (status >= 200 && status < 300) {
    waits.begin();
    return { kind: "taken", status, text };
  }
  const why = sentenceOf(status, text);
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: "away", why, waitMs: waits.afterFailure(retryAfterMs(retryAfter, clock.now())) };
  }
  return { kind: "refused", status, why };
}

type Sent = Pick<HttpRequest, "method" | "headers"> & {
  readonly path: string;
  readonly body: Uint8Array | undefined;
  readonly ended: AbortSignal | undefined;
};

function behindBy(date: string | undefined, now: number): number | undefined {
  const at = Date.parse(date ?? "");
  return Number.isNaN(at) ? undefined : at - now;
}

/** What the hub says (RFC 9457), or what stands at that address instead. */
function sentenceOf(status: number, text: string): string {
  if (status >= 300 && status < 400) return `it answers with a redirect (${status}): give the address that it leads to`;
  const json = parseJson(text);
  const detail = json.ok && typeof json.value === "object" && json.value !== null && "detail" in json.value;
  const said = shownText(detail ? String((json.value as { readonly detail: unknown }).detail) : text);
  return `it answers ${status}${said === "" ? "" : `: ${said}`}`;
}
