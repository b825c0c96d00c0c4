import { secondMs } from "@heatloop/core/time/durations";
import type { FastifyRequest } from "fastify";

/** A cookie of ours, whose values are base64url: no script sees it, and with `Strict` no page of another site has it sent. */
export type HubCookie = {
  /** What the browser shows; undefined where it has none. */
  valueOf(request: FastifyRequest): string | undefined;
  /** The `Set-Cookie` header that lets a browser keep a value for so long. */
  keep(value: string, forMs: number): string;
  /** The one that lets it forget the value. */
  readonly forget: string;
};

/**
 * A cookie for the address that people know the hub by. With https it has the prefix `__Host-`, by which a browser makes sure
 * that this host alone has set it.
 */
export function hubCookie(name: string, publicUrl: string, sameSite: "Strict" | "Lax"): HubCookie {
  const isSecure = publicUrl.startsWith("https:");
  const fullName = isSecure ? `__Host-${name}` : name;
  const attributes = `HttpOnly; SameSite=${sameSite}${isSecure ? "; Secure" : ""}`;
  const written = (value: string, maxAgeS: number) => `${fullName}=${value}; Path=/; Max-Age=${maxAgeS}; ${attributes}`;
  return {
    valueOf: ({ headers: { cookie = "" } }) => {
      const own = cookie
        .split(";")
        .map((part) => part.trim())
        .find((part) => part.startsWith(`${fullName}=`));
      return own?.slice(fullName.length + 1) || undefined;
    },
    keep: (value, forMs) => written(value, Math.floor(forMs / secondMs)),
    forget: written("", 0),
  };
}
