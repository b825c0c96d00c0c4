import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { encodedTag } from "./etag.ts";

/** What is shorter gains nothing. */
const shortestBytes = 1024;

/** A file that is no longer is compressed as a whole. */
const longestBodyBytes = 256 * 1024;

/** Of text, a fifth to a tenth remains; fast ones, as a heat pump's computer is small; chosen. */
const brotliQuality = 4;
const gzipLevel = 4;
/** 256 kB: an answer is searched for repetitions no further back, so that several at once stay small. */
const brotliWindowBits = 18;

const compressible = /^(?:text\/|image\/svg\+xml|application\/(?:[\w.-]+\+)?json)/;

type Encoding = "br" | "gzip";

/**
 * Compresses texts by `Accept-Encoding`: bodies with Brotli or gzip, streams with gzip, as they come. Not for
 * `uncompressedPeer`, Home Assistant's ingress: it unpacks what it gets before it passes it on. An answer with
 * `no-transform` stays as it is, and so does one that sets a cookie: a secret and what a stranger may have put into a
 * request are never compressed together (BREACH); no other answer holds a secret.
 */
export function compressAnswers(app: FastifyInstance, uncompressedPeer: string): void {
  app.addHook("onSend", async (request, reply, payload: unknown) => {
    const length = lengthOf(payload, reply);
    if (length === undefined || length < shortestBytes || !mayCompress(reply)) return payload;
    addVary(reply, "accept-encoding");
    // An answer to HEAD may have no body whose length could be told.
    if (request.method === "HEAD" || peerOf(request) === uncompressedPeer) return payload;
    const isStream = payload instanceof Readable && length > longestBodyBytes;
    const encoding = encodingFor(request, isStream ? ["gzip"] : ["br", "gzip"]);
    if (encoding === undefined) return payload;
    markEncoded(reply, encoding);
    if (isStream) return gzipped(payload);
    return compressed(payload instanceof Readable ? await buffer(payload) : (payload as string | Buffer), encoding);
  });
}

/** Bytes at least, of a stream as far as they are known; undefined for what is neither text nor stream. */
function lengthOf(payload: unknown, reply: FastifyReply): number | undefined {
  if (typeof payload === "string" || Buffer.isBuffer(payload)) return payload.length;
  if (!(payload instanceof Readable)) return undefined;
  const length = reply.getHeader("content-length");
  return length === undefined ? Number.POSITIVE_INFINITY : Number(length);
}

function mayCompress(reply: FastifyReply): boolean {
  const { statusCode } = reply;
  if (statusCode === 204 || statusCode === 206 || statusCode === 304) return false;
  if (reply.hasHeader("content-encoding") || reply.hasHeader("set-cookie")) return false;
  if (String(reply.getHeader("cache-control")).includes("no-transform")) return false;
  return compressible.test(String(reply.getHeader("content-type") ?? ""));
}

function encodingFor(request: FastifyRequest, offered: readonly Encoding[]): Encoding | undefined {
  if (request.headers["accept-encoding"] === undefined) return undefined;
  const accepts = request.accepts();
  return offered.find((encoding) => accepts.encoding([encoding]) === encoding);
}

function markEncoded(reply: FastifyReply, encoding: Encoding): void {
  const tag = reply.getHeader("etag");
  if (typeof tag === "string") reply.header("etag", encodedTag(tag, encoding));
  reply.header("content-encoding", encoding).removeHeader("content-length").removeHeader("accept-ranges");
}

/** Names one more header by which the answer differs. */
export function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader("vary");
  const names =
    before === undefined
      ? []
      : String(before)
          .split(",")
          .map((each) => each.trim());
  if (!names.includes(name)) reply.header("vary", [...names, name].join(", "));
}

/** Done by another thread, while the program goes on. */
function compressed(body: string | Buffer, encoding: Encoding): Promise<Buffer> {
  const { brotliCompress, constants, gzip } = zlib();
  const size = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  const brotli = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_LGWIN]: brotliWindowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  };
  return new Promise((done, failed) => {
    const take = (error: Error | null, bytes: Buffer) => (error === null ? done(bytes) : failed(error));
    if (encoding === "br") brotliCompress(body, brotli, take);
    else gzip(body, { level: gzipLevel }, take);
  });
}

/** An end of either stream, however it comes, ends the other one. */
function gzipped(text: Readable): Readable {
  const gzip = zlib().createGzip({ level: gzipLevel });
  text.on("error", (error) => gzip.destroy(error));
  gzip.on("close", () => text.destroy());
  return text.pipe(gzip);
}

function peerOf(request: FastifyRequest): string {
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:/i, "");
}

/** Looked up when it is first needed: the program's start does without. */
function zlib() {
  return process.getBuiltinModule("node:zlib");
}
