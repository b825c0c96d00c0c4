import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import { openSession, type Session } from "@heatloop/ha-addon/home-assistant/session";
import { TokenRefused } from "@heatloop/ha-addon/home-assistant/socket";
import { openEmoncms } from "./emoncms.ts";
import { mapEntities } from "./home-assistant-entities.ts";
import { openHistory } from "./home-assistant-history.ts";
import { openStatistics } from "./home-assistant-statistics.ts";
import type { SourceArguments } from "./import-arguments.ts";
import { openPythonLog } from "./python-log.ts";
import type { Source, SourceReport } from "./sample.ts";

type Parts = {
  readonly source: SourceArguments;
  readonly token: () => Promise<string>;
  /** Ms since the epoch; `from` is finite for Home Assistant. */
  readonly from: number;
  readonly until: number;
  readonly zone: Zone;
  readonly now: number;
  readonly clock: Clock;
  readonly report: SourceReport;
};

type Opened = { readonly source: Source; close(): void } | { readonly problems: readonly string[] };

/** Opens the source that the command line names, or hands back why it can't be. Throws the disk's error. */
export async function openSource(parts: Parts): Promise<Opened> {
  const { source, zone, now, report } = parts;
  const close = () => undefined;
  switch (source.name) {
    case "python-log":
      return { source: openPythonLog({ ...source, zone, now, report }), close };
    case "emoncms":
      return { source: openEmoncms({ ...source, zone, now, report }), close };
    case "home-assistant":
      return openHomeAssistant(source, parts);
  }
}

async function openHomeAssistant(
  { url, named, statistics }: Extract<SourceArguments, { name: "home-assistant" }>,
  { token, clock, from, until, report }: Parts,
): Promise<Opened> {
  if (from >= until) return { problems: ["--from is in the future: Home Assistant knows nothing of it yet."] };
  let session: Session;
  try {
    session = await openSession({ url, token: await token(), clock, ended: () => undefined });
  } catch (error) {
    if (error instanceof TokenRefused) {
      return {
        problems: [`Home Assistant at ${url} refuses the token: make a long-lived one there (your profile, Security).`],
      };
    }
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    return { problems: [`Home Assistant at ${url} cannot be used: ${(error as Error).message}.`] };
  }
  try {
    const { mapped, remarks, problems } = await mapEntities(session, named);
    if (mapped.length === 0 && problems.length === 0) {
      problems.push(
        "No entity of Home Assistant looks like the heat pump's: name them with --map sensor.x=flow_temperature.",
      );
    }
    if (problems.length > 0) {
      session.close();
      return { problems };
    }
    const base = { session, entities: mapped, from, until, report };
    const source = statistics === undefined ? openHistory(base) : openStatistics({ ...base, period: statistics });
    return { source: { ...source, remarks: [...remarks, ...source.remarks] }, close: session.close };
  } catch (error) {
    session.close();
    return { problems: [`Home Assistant did not list its entities: ${(error as Error).message}.`] };
  }
}
