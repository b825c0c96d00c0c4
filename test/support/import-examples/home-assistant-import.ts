import { hourMs } from "@heatloop/core/time/durations";
import { systemClock } from "@heatloop/program/clock";
import { onTestFinished } from "vitest";
import type { NamedEntity } from "#scripts/importing/mappings.ts";
import { openSource } from "#scripts/importing/open-source.ts";
import type { SourceReport } from "#scripts/importing/sample.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import type { FakeRecorder } from "./fake-recorder.ts";
import { importInto, now } from "./importing.ts";

const rome = namedZone("Europe/Rome");
/** When what is imported begins, ms since the epoch. */
export const start = rome.startOf("2026-02-26") + 10 * hourMs;

type Options = {
  readonly named?: readonly NamedEntity[];
  readonly statistics?: "hour" | "5minute";
  readonly hours?: number;
  readonly token?: string;
};

/** Opens the recorder as a source of an import. */
export async function open(fake: FakeRecorder, report: SourceReport, options: Options = {}) {
  const opened = await openSource({
    source: {
      name: "home-assistant",
      url: fake.url,
      tokenFile: undefined,
      named: options.named ?? [],
      statistics: options.statistics,
    },
    token: async () => options.token ?? fake.token,
    from: start,
    until: start + (options.hours ?? 2) * hourMs,
    zone: rome,
    now,
    clock: systemClock(),
    report,
  });
  if ("close" in opened) onTestFinished(opened.close);
  return opened;
}

/** Takes no notice of what an import reports. */
export const quiet: SourceReport = { problem: () => undefined, progress: () => undefined };

/** Imports from the recorder: the minutes, what was found wrong, and the remarks. */
export async function importFrom(fake: FakeRecorder, options: Options = {}) {
  let report: SourceReport = quiet;
  const opened = await open(
    fake,
    { problem: (finding) => report.problem(finding), progress: () => undefined },
    options,
  );
  if ("problems" in opened) throw new Error(opened.problems.join("\n"));
  const outcome = await importInto((taken) => {
    report = taken;
    return opened.source;
  });
  return { ...outcome, remarks: opened.source.remarks };
}
