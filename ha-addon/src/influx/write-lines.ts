import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { noAnswerInTime } from "../channels/http-outcome.ts";
import { post } from "../channels/http-post.ts";
import type { WriteOutcome } from "../sending/row-target.ts";
import { writeOutcome } from "./influx-outcome.ts";
import type { InfluxTarget } from "./influx-target.ts";

/** As long as `noAnswerInTime` says. */
export const answeredWithinMs = 15 * secondMs;

const packed = promisify(gzip);

/** Writes lines once; never rejected, and over soon after `ended` is aborted. */
export async function writeLines(
  target: InfluxTarget,
  lines: readonly string[],
  { clock, ended }: { readonly clock: Clock; readonly ended: AbortSignal },
): Promise<WriteOutcome> {
  const text = `${lines.join("\n")}\n`;
  const body = target.gzip ? await packed(text) : text;
  const headers = { ...target.headers, ...(target.gzip && { "content-encoding": "gzip" }) };
  const slow = new AbortController();
  const stop = clock.after(answeredWithinMs, () => slow.abort(noAnswerInTime));
  const signal = AbortSignal.any([ended, slow.signal]);
  try {
    return writeOutcome(await post({ url: target.url, headers, body }, signal), clock.now(), signal);
  } finally {
    stop();
  }
}
