import { minutePoint, transitionPoints } from "@heatloop/core/influx/archive-points";
import { type InfluxPoint, influxLine } from "@heatloop/core/influx/line-protocol";
import type { Transition } from "@heatloop/core/live/transition";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "../archive/archive.ts";
import type { SentDate } from "./sent-dates.ts";

/** Some rows of a date as lines, with what was sent of the date once they are; `oldestAt`: ms since the epoch. */
export type UnsentRows = { readonly lines: readonly string[]; readonly oldestAt: number; readonly after: SentDate };

export type RowSource = Pick<Archive, "minutesSince" | "transitions" | "filesState">;

/** A row of the archive's, and how much of its date is sent once it is. */
type Place = Pick<SentDate, "until" | "minutes" | "transitions">;
type PlacedLine = { readonly at: number; readonly line: string | undefined; readonly place: Place };

/** The state of a date's files; of another zone's days it is another. */
export function stateOfDate(archive: Pick<Archive, "filesState">, device: string, date: string, zone: Zone): string {
  return `${zone.name} ${archive.filesState(device, date, date)}`;
}

/**
 * The rows of a date that were not sent, in pieces of `mostLines` at most. Where rows came to those that were, as after an
 * import or with a clock that was set back, all of the date is sent again: what is there already is overwritten by the same.
 */
export async function* unsentRows(parts: {
  readonly archive: RowSource;
  readonly device: string;
  readonly date: string;
  readonly zone: Zone;
  readonly sent: SentDate;
  readonly tags: InfluxPoint["tags"];
  readonly mostLines: number;
}): AsyncGenerator<UnsentRows> {
  const { archive, device, date, zone, sent } = parts;
  const state = stateOfDate(archive, device, date, zone);
  if (state === sent.state) return;
  const lines = await linesOfDate(parts);
  for (let from = 0; from < lines.length; ) {
    const piece = lines.slice(from, from + parts.mostLines);
    from += piece.length;
    const last = piece.at(-1) as PlacedLine;
    yield {
      lines: piece.flatMap(({ line }) => (line === undefined ? [] : [line])),
      oldestAt: Math.min(...piece.map(({ at }) => at)),
      after: { state: from < lines.length ? "" : state, ...last.place },
    };
  }
  // Files that changed without another row: compressed, or touched.
  if (lines.length === 0) yield { lines: [], oldestAt: 0, after: { ...sent, state } };
}

async function linesOfDate({
  archive,
  device,
  date,
  zone,
  sent,
  tags,
}: Parameters<typeof unsentRows>[0]): Promise<PlacedLine[]> {
  let { before, minutes } = await archive.minutesSince(device, date, sent.until);
  if (before !== sent.minutes) ({ before, minutes } = await archive.minutesSince(device, date, 0));
  const transitions: Transition[] = [];
  const [start, end] = [zone.startOf(date), zone.endOf(date)];
  for await (const transition of archive.transitions(device, start, end)) transitions.push(transition);
  const sentTransitions = transitions.length < sent.transitions ? 0 : sent.transitions;
  const ofMinutes = minutes.map((minute, i) => ({
    at: minute.at,
    line: influxLine(minutePoint(minute, tags)),
    place: { until: minute.at + 1, minutes: before + i + 1, transitions: sentTransitions },
  }));
  const place = ofMinutes.at(-1)?.place ?? { ...sent, transitions: sentTransitions };
  const ofTransitions = transitionPoints(transitions, tags)
    .map((point, i) => ({
      at: point.at,
      line: influxLine(point),
      place: { until: place.until, minutes: place.minutes, transitions: i + 1 },
    }))
    .slice(sentTransitions);
  return [...ofMinutes, ...ofTransitions];
}
