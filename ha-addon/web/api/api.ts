import type { Mistake } from "@heatloop/program/mistakes";

/** What the API answered: its JSON, or what was wrong, in its own words. `status` 0: there was no answer at all. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly detail: string; readonly errors: readonly Mistake[] };

/** Asks the API at paths such as `api/devices`, relative to the page. Never rejects. */
export type Api = {
  get<T>(path: string): Promise<Answer<T>>;
  /** What is no JSON, such as a report, as text. */
  text(path: string, signal?: AbortSignal): Promise<Answer<string>>;
  /** An answer that is read piece by piece; it comes from Heatloop and not from the browser's cache. */
  open(path: string, request: Pick<RequestInit, "headers" | "signal">): Promise<Answer<Response>>;
  send<T>(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
};

/** `signedOut` is called when an answer says that nobody is signed in (any more). */
export function openApi(signedOut: () => void): Api {
  async function ask<T>(
    path: string,
    request: RequestInit,
    read: (response: Response) => Promise<T> | T = (response) => jsonOf(response) as Promise<T>,
  ): Promise<Answer<T>> {
    try {
      const response = await fetch(path, { ...request, credentials: "same-origin" });
      if (response.status === 401) signedOut();
      if (response.ok) return { ok: true, value: await read(response), headers: response.headers };
      const problem = (await response.json().catch(() => ({}))) as Partial<{ detail: string; errors: Mistake[] }>;
      const detail = problem.detail ?? `${response.status} ${response.statusText}`.trim();
      return { ok: false, status: response.status, detail, errors: problem.errors ?? [] };
    } catch (error) {
      return { ok: false, status: 0, detail: error instanceof Error ? error.message : String(error), errors: [] };
    }
  }

  return {
    get: (path) => ask(path, {}),
    text: (path, signal) => ask(path, { signal: signal ?? null }, (response) => response.text()),
    open: (path, request) => ask(path, { ...request, cache: "no-store" }, (response) => response),
    send(method, path, body, headers = {}) {
      if (body === undefined) return ask(path, { method, headers });
      const all = { "content-type": "application/json", ...headers };
      return ask(path, { method, headers: all, body: JSON.stringify(body) });
    },
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}
