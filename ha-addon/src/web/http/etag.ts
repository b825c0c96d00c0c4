import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A browser may keep the answer for its own person, and asks each time whether it still holds. */
const revalidated = "private, no-cache";

/** How an answer is compressed is a part of its tag, as its bytes differ (RFC 9110, 8.8.1). */
const encodedEnding = /-(?:br|gzip)"$/;

type Headers = Pick<FastifyRequest, "headers">;
/** The reply of any route, whatever its schema promises. */
type TaggedReply = Pick<FastifyReply, "raw">;

/** A strong entity tag of what an answer is made of; plain data, the same data always has the same tag. */
export function tagOf(basis: readonly unknown[]): string {
  return `"${createHash("sha256").update(JSON.stringify(basis)).digest("base64url").slice(0, 22)}"`;
}

/** The tag of the same answer, compressed. */
export function encodedTag(tag: string, encoding: string): string {
  return tag.startsWith('"') ? `${tag.slice(0, -1)}-${encoding}"` : tag;
}

/** The tag of an answer whatever it is compressed by: what the two stand for is the same. */
export function plainTag(tag: string): string {
  return tag.replace(encodedEnding, '"');
}

/**
 * Gives an answer its tag. true: who asks has it already, and 304 is to be sent, without making it again
 * (`If-None-Match`, RFC 9110, 13.1.2).
 */
export function isKnownAnswer(request: Headers, reply: TaggedReply, tag: string): boolean {
  const known = knownTag(request.headers["if-none-match"], tag);
  (reply as FastifyReply).headers({ etag: known ?? tag, "cache-control": revalidated });
  return known !== undefined;
}

/** 304, whose headers `isKnownAnswer` has set. */
export function sendNotModified(reply: TaggedReply): never {
  return (reply as FastifyReply).code(304).send() as never;
}

/** Takes the tag from an answer again: what was to be sent is not complete. */
export function withoutTag(reply: TaggedReply): void {
  (reply as FastifyReply).removeHeader("etag").header("cache-control", "no-store");
}

/** The one of the tags in `If-None-Match` or `If-Match` that means the same answer, compressed or not. */
function knownTag(header: string | undefined, tag: string): string | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === "*") return tag;
  const tags = header.match(/"[^"]*"/g) ?? [];
  return tags.find((each) => each === tag || plainTag(each) === tag);
}

/** Whether an `If-Match` header names a tag, or any (`*`); weak ones, which a proxy makes of ours, count as well. */
export function fitsIfMatch(header: string, tag: string): boolean {
  return knownTag(header, tag) !== undefined;
}

/** Whether `If-Range` allows a part: absent, or the tag of the whole as it is now (RFC 9110, 13.1.5). */
export function isStillWhole(request: Headers, tag: string): boolean {
  const ifRange = request.headers["if-range"];
  return ifRange === undefined || ifRange === tag;
}

/** `immutable` for a file with a hash in its name, which never changes; any other is asked for again each time. */
export function cacheControlOfFile(name: string): string {
  return /-[\w-]{8,}\.\w+$/.test(name) && /\d|[A-Z]/.test(name) ? "public, max-age=31536000, immutable" : "no-cache";
}
