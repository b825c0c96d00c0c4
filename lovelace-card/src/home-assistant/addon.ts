import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { type AppAtAddress, type AppRequest, fetchAt, findAt, noAnswer, notLetIn, reasonOf } from "./app-address.ts";
import { messageOf } from "./find-heat-pump.ts";
import type { Hass } from "./hass.ts";

/** Heatloop's app under the Supervisor or at an address; `url` is that of its page, with the slash at its end. */
export type Addon = AppAtAddress | { readonly kind: "no_supervisor" | "not_installed" | "stopped" };

/** An answer of the app's API: its JSON, or why there is none. */
export type AddonAnswer<T> =
  | { readonly kind: "answer"; readonly value: T }
  | Exclude<Addon, { readonly kind: "reachable" }>;

/** `GET /addons/<slug>/info` of the Supervisor, as far as it is needed here. */
type Info = { readonly state?: string | null; readonly ingress_url?: string | null };
type Panels = Readonly<Record<string, unknown>>;

/** For how long it is assumed that the app is not there: it may be started at any time. */
const awayMs = minuteMs;
/** The Supervisor ends a session after 15 minutes without use. */
const sessionMs = 10 * minuteMs;

type Known = { readonly addon: Promise<Addon>; readonly at: number; away: boolean };
/** By connection, and by the address of the app; empty: under the Supervisor. */
const known = new WeakMap<object, Map<string, Known>>();
const usedAt = new WeakMap<object, number>();

/** Finds Heatloop's app, once a connection; asks again where it was not there a minute ago. Never rejected. */
export function findAddon(hass: Hass, clock: Clock): Promise<Addon> {
  const before = knownOf(hass).get(keyOf(hass));
  if (before !== undefined && (!before.away || clock.now() - before.at < awayMs)) return before.addon;
  const { app } = hass;
  const addon = app === undefined ? find(hass).catch(refusal) : findAt(app);
  const entry: Known = { addon, at: clock.now(), away: false };
  knownOf(hass).set(keyOf(hass), entry);
  void addon.then((answer) => {
    entry.away = answer.kind !== "reachable";
  });
  return addon;
}

/** Has an app that was not there looked for again at once, as when somebody may have signed in meanwhile. */
export function forgetAway(hass: Hass): void {
  if (knownOf(hass).get(keyOf(hass))?.away === true) knownOf(hass).delete(keyOf(hass));
}

/** JSON of the app's API at a path such as `api/devices`; opens an ingress session where one is needed. Never rejected. */
export function askAddon<T>(hass: Hass, clock: Clock, path: string): Promise<AddonAnswer<T>> {
  return ask(hass, clock, path, (response) => response.json() as Promise<T>);
}

/** Has the app's API take JSON by PUT, which not everybody may; its answer is what holds then. Never rejected. */
export function putToAddon<T>(hass: Hass, clock: Clock, path: string, content: unknown): Promise<AddonAnswer<T>> {
  const headers = { "content-type": "application/json" };
  const request = { method: "PUT", headers, body: JSON.stringify(content) } as const;
  return ask(hass, clock, path, (response) => response.json() as Promise<T>, request);
}

/** A file of the app's API. Never rejected. */
export function askForFile(hass: Hass, clock: Clock, path: string): Promise<AddonAnswer<Blob>> {
  return ask(hass, clock, path, (response) => response.blob());
}

async function ask<T>(
  hass: Hass,
  clock: Clock,
  path: string,
  read: (response: Response) => Promise<T>,
  request: AppRequest = {},
): Promise<AddonAnswer<T>> {
  const addon = await findAddon(hass, clock);
  if (addon.kind !== "reachable") return addon;
  const { app } = hass;
  try {
    const response = await (app === undefined
      ? fetchThroughIngress(hass, addon.url + path, request)
      : fetchAt(app, path, request));
    if (!response.ok) {
      // Reinstalled, the app has another path; signed out, it lets nobody in.
      if (response.status >= 500 || [401, 404].includes(response.status)) knownOf(hass).delete(keyOf(hass));
      if (app !== undefined && response.status === 401) return notLetIn(app);
      return { kind: "refused", reason: await reasonOf(response) };
    }
    usedAt.set(hass.connection, clock.now());
    return { kind: "answer", value: await read(response) };
  } catch (error) {
    knownOf(hass).delete(keyOf(hass));
    return app === undefined ? refusal(error) : noAnswer(app);
  }
}

function knownOf({ connection }: Hass): Map<string, Known> {
  const ofConnection = known.get(connection) ?? new Map<string, Known>();
  known.set(connection, ofConnection);
  return ofConnection;
}

function keyOf({ app }: Hass): string {
  return app === undefined ? "" : `${app.url} ${app.token ?? ""}`;
}

/** Whether a link to the app can be followed as it is; else `openSession` first. */
export function hasSession(hass: Hass, clock: Clock): boolean {
  return hass.app !== undefined || clock.now() - (usedAt.get(hass.connection) ?? Number.NEGATIVE_INFINITY) < sessionMs;
}

/** Makes links to the app work for the next minutes. Resolves with the reason if Home Assistant refuses. Never rejected. */
export function openSession(hass: Hass, clock: Clock): Promise<string | undefined> {
  return createSession(hass).then(() => {
    usedAt.set(hass.connection, clock.now());
    return undefined;
  }, messageOf);
}

function refusal(error: unknown): Addon & { readonly kind: "refused" } {
  return { kind: "refused", reason: messageOf(error) };
}

async function find(hass: Hass): Promise<Addon> {
  if (!(hass.config.components ?? ["hassio"]).includes("hassio")) return { kind: "no_supervisor" };
  const slug = slugIn((hass as { readonly panels?: Panels }).panels ?? {}) ?? slugIn(await panelsOfSupervisor(hass));
  if (slug === undefined) return { kind: "not_installed" };
  const { state, ingress_url: url } = await supervisor<Info>(hass, `/addons/${slug}/info`, "get");
  if (typeof url !== "string" || (state ?? "started") !== "started") return { kind: "stopped" };
  return { kind: "reachable", url: url.endsWith("/") ? url : `${url}/` };
}

/** A full slug is that of config.yaml after the repository's: `local_heatloop`, `a0d7b954_heatloop`. */
function slugIn(panels: Panels): string | undefined {
  return Object.keys(panels).find((name) => /^[a-z0-9]+_heatloop$/.test(name));
}

/** For administrators only; others know the app by its panel in the sidebar. */
async function panelsOfSupervisor(hass: Hass): Promise<Panels> {
  return (await supervisor<{ readonly panels?: Panels }>(hass, "/ingress/panels", "get")).panels ?? {};
}

async function fetchThroughIngress(hass: Hass, url: string, request: AppRequest): Promise<Response> {
  const response = await fetch(url, { ...request, credentials: "same-origin" });
  if (response.status !== 401) return response;
  await createSession(hass);
  return fetch(url, { ...request, credentials: "same-origin" });
}

/** As the frontend does before it shows an app's page: src/data/hassio/ingress.ts. */
async function createSession(hass: Hass): Promise<void> {
  const { session } = await supervisor<{ readonly session: string }>(hass, "/ingress/session", "post");
  const secure = location.protocol === "https:" ? ";Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there without https.
  document.cookie = `ingress_session=${session};path=/api/hassio_ingress/;SameSite=Strict${secure}`;
}

function supervisor<T>(hass: Hass, endpoint: string, method: "get" | "post"): Promise<T> {
  return hass.callWS<T>({ type: "supervisor/api", endpoint, method });
}
