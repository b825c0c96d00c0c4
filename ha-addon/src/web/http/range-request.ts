import type { FastifyReply, FastifyRequest } from "fastify";
import { isStillWhole } from "./etag.ts";

/** Bytes of an answer, the first included and `to` not. */
export type ByteSpan = { readonly from: number; readonly to: number };

/**
 * Which bytes of an answer of a known length a request is for (RFC 9110, 14.2): one range, where `If-Range` allows it;
 * else, and for what is no such range, the whole. "none": it begins behind the end.
 */
export function wantedBytes(
  { headers }: Pick<FastifyRequest, "headers">,
  { length, tag }: { readonly length: number; readonly tag: string },
): ByteSpan | "whole" | "none" {
  const [first, last] = rangeIn(headers.range ?? "") ?? ["", ""];
  if (first + last === "" || !isStillWhole({ headers }, tag)) return "whole";
  if (first === "") {
    const count = Math.min(Number(last), length);
    return count === 0 ? "none" : { from: length - count, to: length };
  }
  if (last !== "" && Number(last) < Number(first)) return "whole";
  if (Number(first) >= length) return "none";
  return { from: Number(first), to: last === "" ? length : Math.min(Number(last) + 1, length) };
}

/** The two numbers of `bytes=0-499`, either of which may be left out; null for what is no single range. */
function rangeIn(header: string): readonly [first: string, last: string] | null {
  const range = /^bytes=([\d\s-]*)$/i.exec(header)?.[1] ?? "";
  const [first, last, more] = range.split("-", 3).map((number) => number.trim());
  if (first === undefined || last === undefined || more !== undefined) return null;
  return /^\d*$/.test(first) && /^\d*$/.test(last) ? [first, last] : null;
}

/** Sets status and headers of the whole or a part; the answer has this length exactly, so nothing may compress it. */
export function markBytes(reply: Pick<FastifyReply, "raw">, bytes: ByteSpan | "whole", length: number): ByteSpan {
  const answer = reply as FastifyReply;
  const { from, to } = bytes === "whole" ? { from: 0, to: length } : bytes;
  answer.headers({
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache, no-transform",
    "content-length": to - from,
  });
  if (bytes !== "whole") answer.code(206).header("content-range", `bytes ${from}-${to - 1}/${length}`);
  return { from, to };
}
