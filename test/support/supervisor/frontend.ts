import { version } from "@heatloop/ha-addon/base/version";
import { infoOf, type SupervisedApp } from "./api.ts";

/** A command `supervisor/api` of Home Assistant's websocket. */
export type FrontendCommand = { readonly endpoint: string; readonly method: string };

/** What the Supervisor answers Home Assistant's frontend and a card in it; throws as the websocket rejects. */
export function frontendAnswer(
  { endpoint, method }: FrontendCommand,
  home: {
    readonly app: SupervisedApp;
    readonly isAdmin: boolean;
    /** Hands back the id of a new session of ingress. */
    openSession(): string;
  },
): unknown {
  const { app, isAdmin } = home;
  const asked = /^\/addons\/([^/]+)\/info$/.exec(endpoint)?.[1];
  if (endpoint === "/ingress/session" && method === "post") return { session: home.openSession() };
  if (asked !== undefined && asked === app.slug) return infoOf(app);
  if (!isAdmin && asked === undefined) throw { code: "unauthorized", message: "Unauthorized" };
  if (endpoint === "/ingress/panels") {
    const ours = app.slug === undefined ? {} : { [app.slug]: { title: app.name } };
    return { panels: { core_ssh: { title: "Terminal" }, ...ours } };
  }
  throw { code: "unknown_error", message: `nothing at ${endpoint}` };
}

/** Heatloop's app, where nothing depends on its options. */
export function runningHeatloop(): SupervisedApp {
  return {
    ...{ slug: "a0d7b954_heatloop", name: "Heatloop", version, state: "started" },
    ...{ services: ["mqtt:want"], schema: {}, options: {} },
  };
}
