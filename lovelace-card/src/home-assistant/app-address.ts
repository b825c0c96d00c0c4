import type { AppAddress } from "./hass.ts";

/**
 * Why there is no app at an address: nobody has signed in; the token is missing or does not hold; a page by https may not
 * ask what is by http; nothing of Heatloop answers, or not to this origin.
 */
export type AddressTrouble = {
  readonly kind: "sign_in" | "token" | "insecure" | "no_answer";
  readonly url: string;
};

export type AppAtAddress =
  | { readonly kind: "reachable"; readonly url: string }
  | { readonly kind: "refused"; readonly reason: string }
  | AddressTrouble;

/** What is asked of the app beside its path; by GET where it says nothing else. */
export type AppRequest = {
  readonly method?: "PUT";
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Whether an address is one of this page's own origin. */
export function isOfThisOrigin({ url }: AppAddress): boolean {
  return new URL(url, location.href).origin === location.origin;
}

/** Asks for a path such as `api/devices`, with what the address is opened by. Rejects as `fetch` does. */
export function fetchAt({ url, token }: AppAddress, path: string, request: AppRequest = {}): Promise<Response> {
  if (token === undefined) return fetch(url + path, { ...request, credentials: "same-origin" });
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  return fetch(url + path, { ...request, credentials: "omit", headers });
}

/** What is at an address: Heatloop that lets this browser in, one that refuses, or why there is none. Never rejected. */
export async function findAt(address: AppAddress): Promise<AppAtAddress> {
  if (address.token === undefined && !isOfThisOrigin(address)) return { kind: "token", url: address.url };
  try {
    const response = await fetchAt(address, "api/session");
    if (response.status === 404) return noAnswer(address);
    if (!response.ok) return { kind: "refused", reason: await reasonOf(response) };
    const { signed_in: isSignedIn } = (await response.json()) as { readonly signed_in: boolean };
    return isSignedIn ? { kind: "reachable", url: address.url } : notLetIn(address);
  } catch {
    return noAnswer(address);
  }
}

/** What Heatloop says of its refusal (problem details of RFC 9457), else the status. */
export async function reasonOf(response: Response): Promise<string> {
  const { detail } = (await response.json().catch(() => ({}))) as { readonly detail?: unknown };
  return typeof detail === "string" ? detail.replace(/\.$/, "") : `${response.status} ${response.statusText}`.trim();
}

/** What a 401 means at an address. */
export function notLetIn({ url, token }: AppAddress): AddressTrouble {
  return { kind: token === undefined ? "sign_in" : "token", url };
}

/** What it means that `fetch` was rejected: a browser tells no page whether it refused or nobody answered. */
export function noAnswer({ url }: AppAddress): AddressTrouble {
  const isInsecure = location.protocol === "https:" && new URL(url, location.href).protocol === "http:";
  return { kind: isInsecure ? "insecure" : "no_answer", url };
}
