import type { FastifyRequest } from "fastify";

const mediaTypes = {
  json: "application/json",
  html: "text/html",
  csv: "text/csv",
  text: "text/plain",
} as const;
export type AcceptedFormat = keyof typeof mediaTypes;

/** A request of a web with `@fastify/accepts`. */
type NegotiatedRequest = Pick<FastifyRequest, "accepts">;

/** The one of the formats that the `Accept` header prefers; the first of them where it wants none. */
export function preferredFormat<F extends AcceptedFormat>(
  request: NegotiatedRequest,
  formats: readonly [F, ...F[]],
): F {
  const preferred = request.accepts().type(formats.map((format) => mediaTypes[format]));
  return formats.find((format) => mediaTypes[format] === preferred) ?? formats[0];
}

/** The format of a report that the `Accept` header prefers; JSON where it wants none. */
export function reportFormatOf(request: NegotiatedRequest): AcceptedFormat {
  return preferredFormat(request, ["json", "html", "csv", "text"]);
}

/** The languages of the `Accept-Language` header such as `de-CH`, the preferred one first. */
export function acceptedLanguages(request: NegotiatedRequest): readonly string[] {
  return request.accepts().languages();
}
