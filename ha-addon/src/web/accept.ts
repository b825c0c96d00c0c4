export const reportFormats = ["json", "html", "csv", "text"] as const;
export type ReportFormat = (typeof reportFormats)[number];

const mediaTypes: readonly (readonly [mediaType: string, format: ReportFormat])[] = [
  ["application/json", "json"],
  ["text/html", "html"],
  ["text/csv", "csv"],
  ["text/plain", "text"],
];

/**
 * The format that an `Accept` header (RFC 9110, 12.5.1) wants most, the first of the equal ones; JSON where it names
 * none of them.
 */
export function reportFormatOf(accept = ""): ReportFormat {
  let best: { readonly format: ReportFormat; readonly weight: number } = { format: "json", weight: 0 };
  for (const entry of accept.split(",")) {
    const [range = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const format = mediaTypes.find(([mediaType]) => mediaType === range)?.[1];
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (format !== undefined && weight > best.weight) best = { format, weight };
  }
  return best.format;
}
