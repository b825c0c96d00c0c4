import { createHash } from "node:crypto";
import type { HomeCost } from "@heatloop/core/hub/home-costs";
import { dayFigures, type HomeDay } from "@heatloop/core/hub/home-days";
import { type HomeSetup, sentSetupOf } from "@heatloop/core/hub/home-setup";
import { type Telemetry, telemetryPath } from "@heatloop/core/hub/telemetry";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, secondMs } from "@heatloop/core/time/durations";
import { dateAfter, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "@heatloop/program/background";
import { parseJson } from "@heatloop/program/json-text";
import type { RunningLog } from "@heatloop/program/log";
import { z } from "zod";
import type { Archive } from "../archive/archive.ts";
import type { CsvFiles } from "../archive/csv/csv-files.ts";
import type { DateSpan } from "../archive/dates.ts";
import { sourceSpan } from "../archive/files-state.ts";
import type { StateFile } from "../base/state-file.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { HubLink } from "./hub-link.ts";
import { readSentDays, type SentDays, sentMonth, withSentMonth } from "./sent-days.ts";

/** How often it is looked for reports that are new, or another than before. */
const lookedEachMs = hourMs;
/** The rows of the archive go first. */
const firstAfterMs = 30 * secondMs;
/** As far back as lists of days at the hub reach. */
const daysBack = 3 * 366;

const counts = z.object({ stored: z.int(), too_early: z.int() });
const answerSchema = z.object({ devices: z.array(z.object({ days: counts })).length(1) });

/** What days of spans of local dates cost. */
export type DayCosts = {
  /** What it follows from, beside the files of the heat pump: plain data; null where nothing has a price. */
  basis(span: DateSpan): unknown;
  /** By date; none where nothing has a price. */
  between(device: string, span: DateSpan, now: number): Promise<ReadonlyMap<string, HomeCost>>;
};

export type DayReportsParts = {
  readonly clock: Clock;
  readonly log: RunningLog;
  readonly link: Pick<HubLink, "state" | "send" | "onChange">;
  readonly settings: Pick<SettingsFile, "current">;
  readonly zone: () => Zone;
  readonly setup: () => HomeSetup;
  readonly archive: Pick<Archive, "days" | "filesState">;
  readonly files: Pick<CsvFiles, "dates" | "devices">;
  readonly costs: DayCosts;
  readonly stateFile: StateFile;
};

/** Sends this home's own reports of its finished days, and again those that have become others. */
export type DayReports = { close(): Promise<void> };

/** Reports go to the hub as long as this home is a node of one, the newest month first. */
export function startDayReports(parts: DayReportsParts): DayReports {
  const { clock, log, link, settings } = parts;
  let ended = new AbortController();
  let stopTimer: Stop = () => {};
  let looking = Promise.resolve();

  const look = inBackground(log, "sending reports of days to the hub", async (signal: AbortSignal) => {
    let waitMs = lookedEachMs;
    try {
      const destination = JSON.stringify([settings.current().hub.url, link.state().node]);
      waitMs = await sendReports(parts, readSentDays(await parts.stateFile.read(), destination), signal);
    } finally {
      if (!signal.aborted) stopTimer = clock.after(waitMs, () => begin(signal));
    }
  });

  function begin(signal: AbortSignal): void {
    looking = looking.then(() => (signal.aborted ? undefined : look(signal)));
  }

  function end(): void {
    ended.abort();
    stopTimer();
  }

  const stopLink = link.onChange((isNode) => {
    end();
    if (!isNode) return;
    ended = new AbortController();
    const { signal } = ended;
    stopTimer = clock.after(firstAfterMs, () => begin(signal));
  });
  return {
    async close() {
      stopLink();
      end();
      await looking;
    },
  };
}

/** Sends what the hub has not; how long to wait before the next look, ms. */
async function sendReports(parts: DayReportsParts, before: SentDays, ended: AbortSignal): Promise<number> {
  let sent = before;
  for (const { device, month, dates } of await monthsToSend(parts)) {
    const known = sentMonth(sent, device, month);
    const state = stateOfDays(parts, device, dates);
    if (known.state === state) continue;
    const [from, to] = [dates[0] as string, dates.at(-1) as string];
    const now = parts.clock.now();
    const days = await parts.archive.days(device, from, to, now);
    const costs = await parts.costs.between(device, { from, to }, now);
    const news = days.flatMap((day) => {
      const figures = { ...dayFigures(day), cost: costs.get(day.date) ?? null };
      return newReport(figures, known.days[day.date], now) ?? [];
    });
    const result = news.length === 0 ? "taken" : await send(parts, device, news, ended);
    if (ended.aborted) return lookedEachMs;
    if (result !== "taken") return result.waitMs;
    const taken = news.map((day) => [day.date, [digestOf(day), Date.parse(day.made_at)] as [string, number]] as const);
    sent = withSentMonth(sent, device, month, { state, days: { ...known.days, ...Object.fromEntries(taken) } });
    await parts.stateFile.write(sent);
  }
  return lookedEachMs;
}

type Month = { readonly device: string; readonly month: string; readonly dates: readonly string[] };

/** The months of the archive, the newest first, with their dates of which the report changes by its files alone. */
async function monthsToSend({ files, zone, clock }: DayReportsParts): Promise<Month[]> {
  const today = zone().dateOf(clock.now());
  const [from, to] = [dateAfter(today, -daysBack), previousDate(previousDate(today))];
  const months: Month[] = [];
  for (const device of await files.devices()) {
    const dates = (await files.dates(device)).filter((date) => date >= from && date <= to);
    for (const [month, ofMonth] of Map.groupBy(dates, (date) => date.slice(0, 7)))
      months.push({ device, month, dates: ofMonth });
  }
  return months.sort((a, b) => (a.month > b.month ? -1 : 1));
}

/** A text that changes whenever what the reports follow from does. */
function stateOfDays(parts: DayReportsParts, device: string, dates: readonly string[]): string {
  const { archive, zone, setup, costs } = parts;
  const span = { from: dates[0] as string, to: dates.at(-1) as string };
  const { from, to } = sourceSpan(span);
  const files = archive.filesState(device, from, to);
  const basis = JSON.stringify([zone().name, setup(), dates.length, files, costs.basis(span)]);
  return createHash("sha256").update(basis).digest("base64url");
}

/** The report of a day, where it is another than the hub has; its time is later than that of the one before, whatever the clock says. */
function newReport(
  figures: Omit<HomeDay, "made_at">,
  known: readonly [string, number] | undefined,
  now: number,
): HomeDay | undefined {
  const madeAt = Math.max(now, (known?.[1] ?? 0) + 1);
  const report = { ...figures, made_at: new Date(madeAt).toISOString() };
  return known?.[0] === digestOf(report) ? undefined : report;
}

function digestOf({ made_at: _, ...figures }: HomeDay): string {
  return createHash("sha256").update(JSON.stringify(figures)).digest("base64url").slice(0, 16);
}

async function send(
  { link, zone, setup, log }: DayReportsParts,
  device: string,
  days: readonly HomeDay[],
  ended: AbortSignal,
): Promise<"taken" | { readonly waitMs: number }> {
  const telemetry: Telemetry = { devices: [{ device, time_zone: zone().name, setup: sentSetupOf(setup()), days }] };
  const answer = await link.send(telemetryPath, JSON.stringify(telemetry), "application/json", { ended });
  if (answer === undefined) return { waitMs: lookedEachMs };
  if (answer.kind === "away") return answer;
  const json = parseJson(answer.kind === "taken" ? answer.text : "");
  const read = json.ok ? answerSchema.safeParse(json.value).data : undefined;
  if (read?.devices[0]?.days.too_early === 0) return "taken";
  const why = answer.kind === "refused" ? log.clean(answer.why) : "is this machine's clock right?";
  log.warn("the hub does not take reports of days; they are tried again", { why });
  return { waitMs: lookedEachMs };
}
