import { isLoopback } from "@heatloop/program/ip-address";
import { type Log, messageOf } from "@heatloop/program/log";
import type { Settings } from "../settings/settings.ts";

/**
 * Where Home Assistant's frontend opens the page of an app, of which the Supervisor knows the slug. Source:
 * home-assistant/core, pull request 161264, in Home Assistant 2026.2 and later.
 */
export function pageOfApp(askSlug: () => Promise<string>, log: Log): () => Promise<string | undefined> {
  let slug: string | undefined;
  return async () => {
    try {
      slug ??= await askSlug();
    } catch (error) {
      log.warn("Home Assistant gets no link to this page", { why: messageOf(error) });
      return undefined;
    }
    return `homeassistant://app/${slug}`;
  };
}

/**
 * Where browsers open the page of a program that stands alone: by the first name of the settings. undefined where there is
 * none, where only this machine is answered, and behind a proxy, whose address is not known.
 */
export function pageOfMachine(
  { host, port }: { readonly host: string; readonly port: number },
  { web }: Pick<Settings, "web">,
): string | undefined {
  const [name] = web.host_names;
  if (name === undefined || isLoopback(host) || host === "localhost" || web.trusted_proxies.length > 0)
    return undefined;
  return `http://${name}:${port}`;
}
