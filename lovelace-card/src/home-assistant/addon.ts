import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { messageOf } from "./find-heat-pump.ts";
import type { Hass } from "./hass.ts";

/** Heatloop's app under the Supervisor; `url` is the path of its page through ingress, with the slash at its end. */
export type Addon =
  | { readonly kind: "reachable"; readonly url: string }
  | { readonly kind: "no_supervisor" | "not_installed" | "stopped" }
  | { readonly kind: "refused"; readonly reason: string };

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
const known = new WeakMap<object, Known>();
const usedAt = new WeakMap<object, number>();

/** Finds Heatloop's app, once a connection; asks again where it was not there a minute ago. Never rejected. */
export function findAddon(hass: Hass, clock: Clock): Promise<Addon> {
  const before = known.get(hass.connection);
  if (before !== undefined && (!before.away || clock.now() - before.at < awayMs)) return before.addon;
  const addon = find(hass).catch((error: unknown): Addon => ({ kind: "refused", reason: messageOf(error) }));
  const entry: Known = { addon, at: clock.now(), away: false };
  known.set(hass.connection, entry);
  void addon.then((answer) => {
    entry.away = answer.kind !== "reachable";
  });
  return addon;
}

/** JSON of the app's API at a path such as `api/devices`; opens an ingress session where one is needed. Never rejected. */
export async function askAddon<T>(hass: Hass, clock: Clock, path: string): Promise<AddonAnswer<T>> {
  const addon = await findAddon(hass, clock);
  if (addon.kind !== "reachable") return addon;
  try {
    const response = await fetchThroughIngress(hass, addon.url + path);
    if (!response.ok) {
      // Reinstalled, the app has another path.
      if (response.status >= 500 || response.status === 404) known.delete(hass.connection);
      return { kind: "refused", reason: `${response.status} ${response.statusText}`.trim() };
    }
    usedAt.set(hass.connection, clock.now());
    return { kind: "answer", value: (await response.json()) as T };
  } catch (error) {
    known.delete(hass.connection);
    return { kind: "refused", reason: messageOf(error) };
  }
}

/** Whether a link to the app can be followed as it is; else `openSession` first. */
export function hasSession(hass: Hass, clock: Clock): boolean {
  return clock.now() - (usedAt.get(hass.connection) ?? Number.NEGATIVE_INFINITY) < sessionMs;
}

/** Makes links to the app work for the next minutes. Resolves with the reason if Home Assistant refuses. Never rejected. */
export function openSession(hass: Hass, clock: Clock): Promise<string | undefined> {
  return createSession(hass).then(() => {
    usedAt.set(hass.connection, clock.now());
    return undefined;
  }, messageOf);
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

async function fetchThroughIngress(hass: Hass, url: string): Promise<Response> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (response.status !== 401) return response;
  await createSession(hass);
  return fetch(url, { credentials: "same-origin" });
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
