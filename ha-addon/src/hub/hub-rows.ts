import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import { type HomeSetup, sentSetupOf } from "@heatloop/core/hub/home-setup";
import { countAlike, nthColumn, type SentRows, type Telemetry, telemetryPath } from "@heatloop/core/hub/telemetry";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { parseJson } from "@heatloop/program/json-text";
import { z } from "zod";
import type { RowsOfDate, RowTarget, WriteOutcome } from "../sending/row-target.ts";
import type { HubAnswer } from "./hub-client.ts";
import type { HubLink } from "./hub-link.ts";

/** A row of the archive as it is sent: a line of its file. */
export type HubRow = { readonly of: "minutes" | "transitions"; readonly line: string };

/** After this a clock that was ahead may have been set. */
const clockRetryMs = 5 * minuteMs;

const longestPauseS = 3_600;

const counts = z.object({ refused: z.int(), different: z.int(), too_early: z.int() });
const answerSchema = z.object({
  devices: z.array(z.object({ minutes: counts, transitions: counts })),
  slow_down_s: z.number().min(0).max(longestPauseS).catch(0),
});

const packed = promisify(zstdCompress);

/** The hub as a target of rows. */
export function hubRows(parts: {
  readonly zone: () => Zone;
  readonly setup: () => HomeSetup;
  /** What tells a heat pump from others, where that is known. */
  readonly identityOf?: (device: string) => string | undefined;
  readonly send: HubLink["send"];
}): RowTarget<HubRow> {
  const { zone, setup, identityOf, send } = parts;
  return {
    formsOf: linesOf,
    async write(device, rows, ended) {
      const telemetry = telemetryOf(
        { device, identity: identityOf?.(device), time_zone: zone().name, setup: sentSetupOf(setup()) },
        rows,
      );
      const body = await packed(JSON.stringify(telemetry));
      const headers = { "content-encoding": "zstd" };
      return outcomeOfAnswer(await send(telemetryPath, body, "application/json", { headers, ended }));
    },
  };
}

function linesOf({ zone, minutes, transitions }: RowsOfDate) {
  const nth = countAlike();
  return {
    minutes: minuteLines(minutes, zone),
    transitions: transitions.map((transition) => ({
      of: "transitions" as const,
      line: `${transitionRow(transition, zone)},${nth(transition)}`,
    })),
  };
}

/** Rows of minutes of a heat pump as the hub takes them. */
export function telemetryOfMinutes(said: SentRows, minutes: readonly Minute[], zone: Zone): Telemetry {
  return telemetryOf(said, minuteLines(minutes, zone));
}

function minuteLines(minutes: readonly Minute[], zone: Zone): HubRow[] {
  return minutes.map((minute) => ({ of: "minutes", line: minuteRow(minute, zone) }));
}

function telemetryOf(said: SentRows, rows: readonly HubRow[]): Telemetry {
  const textOf = (kind: HubRow["of"], header: string) => {
    const lines = rows.filter((row) => row.of === kind).map(({ line }) => line);
    return lines.length === 0 ? undefined : [header, ...lines, ""].join("\n");
  };
  const minutes = textOf("minutes", minutesHeader);
  const transitions = textOf("transitions", `${transitionsHeader},${nthColumn}`);
  return { devices: [{ ...said, minutes, transitions }] };
}

/** What an answer of the hub means for the rows that were sent; undefined: this home is no node of it. */
function outcomeOfAnswer(answer: HubAnswer | undefined): WriteOutcome {
  if (answer === undefined) return { kind: "failed", why: "this home is no node of the hub yet", retryAfterMs: null };
  if (answer.kind === "taken") return outcomeOfCounts(answer.text);
  const { why } = answer;
  if (answer.kind === "away") return { kind: "failed", why, retryAfterMs: answer.waitMs };
  return { kind: answer.status === 413 ? "too_large" : "refused", why };
}

function outcomeOfCounts(text: string): WriteOutcome {
  const json = parseJson(text);
  const read = json.ok ? answerSchema.safeParse(json.value) : undefined;
  if (read?.success !== true) return { kind: "refused", why: "it does not answer as a hub does: check the address" };
  const all = read.data.devices.flatMap(({ minutes, transitions }) => [minutes, transitions]);
  const sum = (of: keyof z.output<typeof counts>) => all.reduce((total, each) => total + each[of], 0);
  if (sum("too_early") > 0) {
    return {
      kind: "failed",
      why: "the rows lie in the hub's future: check this machine's clock",
      retryAfterMs: clockRetryMs,
    };
  }
  const [refused, different] = [sum("refused"), sum("different")];
  if (refused > 0)
    return { kind: "rows_refused", why: `${refused} rows can't be read by it, or are of a time that can't be` };
  if (different > 0) return { kind: "rows_refused", why: `${different} rows are there with other values, which stay` };
  return { kind: "taken", pauseMs: read.data.slow_down_s * secondMs };
}
