import { z } from "zod";
import type { Checked, Mistake } from "../mistakes.ts";

/** What the API answers instead of data: problem details of RFC 9457, with every mistake of the request. */
export const problemSchema = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          found: z.string(),
          allowed: z.string(),
          size: z
            .object({
              kind: z.enum(["number", "whole_number", "text"]),
              low: z.number().optional(),
              high: z.number().optional(),
              above: z.boolean().optional().describe("`low` itself is not allowed"),
            })
            .optional()
            .describe("the same of a number, or of the length of a text"),
        }),
      )
      .optional(),
  })
  .describe("RFC 9457 problem details");

/** As HTTP names them; node:http would bring its whole fetch with it. */
const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  416: "Range Not Satisfiable",
  421: "Misdirected Request",
  426: "Upgrade Required",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** Thrown by a route: becomes a problem answer with this status and sentence. */
export class Problem extends Error {
  readonly statusCode: number;
  readonly mistakes: readonly Mistake[];
  /** Of the answer, beside those that each has. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    statusCode: number,
    detail: string,
    mistakes: readonly Mistake[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.statusCode = statusCode;
    this.mistakes = mistakes;
    this.headers = headers;
  }
}

/** A 400 whose sentence holds every mistake. */
export function badRequest(mistakes: readonly Mistake[]): Problem {
  return new Problem(400, sentencesOf(mistakes).join(" "), mistakes);
}

/** Each mistake as a sentence. */
export function sentencesOf(mistakes: readonly Mistake[]): string[] {
  return mistakes.map(({ path, found, allowed }) => `${path || "The body"}: found ${found}; allowed: ${allowed}.`);
}

/** The values of checks that all succeeded; else a 400 with every mistake of all of them. */
export function required<T extends readonly unknown[]>(...checks: { [I in keyof T]: Checked<T[I]> }): T {
  const mistakes = checks.flatMap((checked) => (checked.ok ? [] : checked.mistakes));
  if (mistakes.length > 0) throw badRequest(mistakes);
  return checks.map((checked) => checked.ok && checked.value) as unknown as T;
}

/** A problem as it is sent, with the name of its status. */
export function problemText(status: number, detail: string, mistakes: readonly Mistake[] = []) {
  const title = titles[status] ?? "Error";
  const problem: z.output<typeof problemSchema> = {
    type: "about:blank",
    title,
    status,
    detail,
    ...(mistakes.length > 0 && { errors: [...mistakes] }),
  };
  return { title, text: JSON.stringify(problem) };
}
