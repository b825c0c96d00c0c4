export const reportFormats = ["json", "html", "csv", "text"] as const;
export type AcceptedFormat = (typeof reportFormats)[number];

const mediaTypes: Readonly<Record<AcceptedFormat, string>> = {
  json: "application/json",
  html: "text/html",
  csv: "text/csv",
  text: "text/plain",
};

/** A media range of an `Accept` header, in lower case, and its place there. */
type Range = { readonly range: string; readonly weight: number; readonly place: number };

/**
 * The one of the formats that an `Accept` header (RFC 9110, 12.5.1) wants most: each has the weight of the range that
 * names it most closely (`text/csv`, then `text/*`, then any); of equal ones that which the header names first, then the
 * first of the formats, which is also what it is where none of them is wanted.
 */
export function preferredFormat<F extends AcceptedFormat>(
  accept: string | undefined,
  formats: readonly [F, ...F[]],
): F {
  const ranges = (accept ?? "").split(",").map(rangeOf);
  let best: { format: F; weight: number; place: number } | undefined;
  for (const format of formats) {
    const closest = closestRange(ranges, mediaTypes[format]);
    if (closest === undefined || closest.weight <= 0) continue;
    const isBetter = best === undefined || closest.weight > best.weight;
    if (isBetter || (closest.weight === best?.weight && closest.place < best.place)) best = { ...closest, format };
  }
  return best?.format ?? formats[0];
}

/** The format of a report that an `Accept` header wants most; JSON where it names none. */
export function reportFormatOf(accept: string | undefined): AcceptedFormat {
  return preferredFormat(accept, reportFormats);
}

function rangeOf(entry: string, place: number): Range {
  const [range = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return { range, weight: Number.isNaN(weight) ? 0 : weight, place };
}

function closestRange(ranges: readonly Range[], mediaType: string): Range | undefined {
  const any = `${mediaType.slice(0, mediaType.indexOf("/"))}/*`;
  return [mediaType, any, "*/*"].map((name) => ranges.find(({ range }) => range === name)).find((each) => each);
}
