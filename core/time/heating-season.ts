/** A range of local dates, both included. */
export type Season = { readonly from: string; readonly to: string };

/** The year from July to June that a date lies in: one whole heating season. */
export function heatingSeasonOf(date: string): Season {
  const year = Number(date.slice(0, 4)) - (date.slice(5) < "07-01" ? 1 : 0);
  return { from: `${year}-07-01`, to: `${year + 1}-06-30` };
}
