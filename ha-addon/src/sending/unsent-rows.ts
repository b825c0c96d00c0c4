import type { Transition } from "@heatloop/core/live/transition";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "../archive/archive.ts";
import type { RowTarget } from "./row-target.ts";
import type { SentDate } from "./sent-dates.ts";

/** Some rows of a date in the form of their target, with what was sent of the date once they are; `oldestAt`: ms since the epoch. */
export type UnsentRows<Row> = { readonly rows: readonly Row[]; readonly oldestAt: number; readonly after: SentDate };

export type RowSource = Pick<Archive, "minutesSince" | "transitions" | "filesState">;

/** How much of its date is sent once a row of the archive is. */
type Place = Pick<SentDate, "until" | "minutes" | "transitions">;
type PlacedRow<Row> = { readonly at: number; readonly row: Row | undefined; readonly place: Place };

/** The state of a date's files; of another zone's days it is another. */
export function stateOfDate(archive: Pick<Archive, "filesState">, device: string, date: string, zone: Zone): string {
  return `${zone.name} ${archive.filesState(device, date, date)}`;
}

/**
 * The rows of a date that were not sent, in pieces of `mostRows` at most. Where rows came to those that were, as after an
 * import or with a clock that was set back, all of the date is sent again: what is there already is overwritten by the same.
 */
export async function* unsentRows<Row>(parts: {
  readonly archive: RowSource;
  readonly device: string;
  readonly date: string;
  readonly zone: Zone;
  readonly sent: SentDate;
  readonly target: Pick<RowTarget<Row>, "formsOf">;
  readonly mostRows: number;
}): AsyncGenerator<UnsentRows<Row>> {
  const { archive, device, date, zone, sent } = parts;
  const state = stateOfDate(archive, device, date, zone);
  if (state === sent.state) return;
  const placed = await rowsOfDate(parts);
  for (let from = 0; from < placed.length; ) {
    const piece = placed.slice(from, from + parts.mostRows);
    from += piece.length;
    const last = piece.at(-1) as PlacedRow<Row>;
    yield {
      rows: piece.flatMap(({ row }) => (row === undefined ? [] : [row])),
      oldestAt: Math.min(...piece.map(({ at }) => at)),
      after: { state: from < placed.length ? "" : state, ...last.place },
    };
  }
  // Files that changed without another row: compressed, or touched.
  if (placed.length === 0) yield { rows: [], oldestAt: 0, after: { ...sent, state } };
}

async function rowsOfDate<Row>({
  archive,
  device,
  date,
  zone,
  sent,
  target,
}: Omit<Parameters<typeof unsentRows<Row>>[0], "mostRows">): Promise<PlacedRow<Row>[]> {
  let { before, minutes } = await archive.minutesSince(device, date, sent.until);
  if (before !== sent.minutes) ({ before, minutes } = await archive.minutesSince(device, date, 0));
  const transitions: Transition[] = [];
  const [start, end] = [zone.startOf(date), zone.endOf(date)];
  for await (const transition of archive.transitions(device, start, end)) transitions.push(transition);
  const sentTransitions = transitions.length < sent.transitions ? 0 : sent.transitions;
  const forms = target.formsOf({ device, zone, minutes, transitions });
  const ofMinutes = minutes.map(({ at }, i) => ({
    at,
    row: forms.minutes[i],
    place: { until: at + 1, minutes: before + i + 1, transitions: sentTransitions },
  }));
  const place = ofMinutes.at(-1)?.place ?? { ...sent, transitions: sentTransitions };
  const ofTransitions = transitions.map(({ at }, i) => ({
    at,
    row: forms.transitions[i],
    place: { until: place.until, minutes: place.minutes, transitions: i + 1 },
  }));
  return [...ofMinutes, ...ofTransitions.slice(sentTransitions)];
}
