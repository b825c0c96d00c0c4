import type { Clock } from "@heatloop/core/time/clock";
import type { Log, RunningLog } from "@heatloop/program/log";
import { type Administrators, administratorsOf } from "../access/administrators.ts";
import { connectHomeAssistant, type HomeAssistant } from "../home-assistant/home-assistant.ts";
import { openSession } from "../home-assistant/session.ts";
import type { Environment } from "../settings/environment.ts";
import type { Options } from "../settings/options.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { mqttOfSupervisor, slugOfSupervisor } from "../settings/supervisor.ts";
import { pageOfApp, pageOfMachine } from "./page-url.ts";

/**
 * The broker of the options, else of the Supervisor. Looked up before each attempt: the Supervisor's broker may come
 * later, or change its password.
 */
export async function brokerOf(environment: Environment, { mqtt }: Options, log: RunningLog) {
  if (mqtt.url === undefined) {
    const server = await mqttOfSupervisor({ token: environment.supervisorToken ?? "", fetch });
    if (server.password !== undefined) log.hide(server.password);
    return server;
  }
  return {
    url: mqtt.url,
    ...(mqtt.username !== undefined && { username: mqtt.username }),
    ...(mqtt.password !== undefined && { password: mqtt.password }),
    ...(mqtt.caFile !== undefined && { caFile: mqtt.caFile }),
  };
}

/** The page as Home Assistant's frontend opens it: through ingress, or by a name of this machine. */
export function pageUrlOf(
  environment: Environment,
  { settings, log }: { readonly settings: Pick<SettingsFile, "current">; readonly log: Log },
): () => Promise<string | undefined> | string | undefined {
  const { supervisorToken: token } = environment;
  if (token !== undefined) return pageOfApp(() => slugOfSupervisor({ token, fetch }), log);
  return () => pageOfMachine(environment, settings.current());
}

/** Home Assistant of the options, else of the Supervisor; undefined where there is neither. */
export function homeAssistantOf(
  environment: Environment,
  { homeAssistant }: Options,
  parts: Pick<Parameters<typeof connectHomeAssistant>[0], "clock" | "log">,
) {
  const { url, token } = homeAssistant;
  if (url !== undefined && token !== undefined) return connectHomeAssistant({ ...parts, url, token });
  if (environment.supervisorToken === undefined) return undefined;
  return connectHomeAssistant({ ...parts, url: supervisedCore, token: environment.supervisorToken });
}

/** The Home Assistant whose ingress leads here, for apps. */
const supervisedCore = "http://supervisor/core";
const listOfUsers = { type: "config/auth/list" } as const;

/**
 * Who may change things through ingress: administrators of the Home Assistant that it belongs to, which the options' one
 * need not be. undefined outside the Supervisor, where there is no ingress.
 */
export function administratorsOfIngress(
  { supervisorToken }: Environment,
  options: Options,
  parts: { readonly homeAssistant: HomeAssistant | undefined; readonly clock: Clock; readonly log: Log },
): Administrators | undefined {
  const { homeAssistant, clock, log } = parts;
  if (supervisorToken === undefined) return undefined;
  const isTheSame = options.homeAssistant.url === undefined && homeAssistant !== undefined;
  const ask = isTheSame ? () => homeAssistant.send(listOfUsers) : () => askOnce(supervisorToken, clock);
  return administratorsOf({ ask, clock, log });
}

async function askOnce(token: string, clock: Clock): Promise<unknown> {
  const session = await openSession({ url: supervisedCore, token, clock, ended: () => undefined });
  try {
    return await session.send(listOfUsers);
  } finally {
    session.close();
  }
}
