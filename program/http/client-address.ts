import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { plainAddress } from "../ip-address.ts";

/** The address of the other end of a request's connection. */
export function peerOf(request: FastifyRequest): string {
  return plainAddress(request.socket.remoteAddress ?? "");
}

/** The last address that no trusted proxy has: what stands before it, a client could have written itself. */
export function forwardedFor(
  header: string | readonly string[] | undefined,
  peer: string,
  isTrusted: (address: string) => boolean,
): string {
  let last = peer;
  for (const entry of String(header ?? "")
    .split(",")
    .reverse()) {
    const address = addressIn(entry.trim());
    if (address === undefined) return last;
    last = address;
    if (!isTrusted(address)) return last;
  }
  return last;
}

/** `192.0.2.1`, `192.0.2.1:5000`, `2001:db8::1` or `[2001:db8::1]:5000`. */
function addressIn(entry: string): string | undefined {
  const bare = /^\[(.*)\](:\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  const address = plainAddress(bare);
  return isIP(address) === 0 ? undefined : address;
}
