import type { RunningLog } from "../base/log.ts";
import { connectHomeAssistant } from "../home-assistant/home-assistant.ts";
import type { Environment } from "../settings/environment.ts";
import type { Options } from "../settings/options.ts";
import { mqttOfSupervisor } from "../settings/supervisor.ts";

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

/** Home Assistant of the options, else of the Supervisor; undefined where there is neither. */
export function homeAssistantOf(
  environment: Environment,
  { homeAssistant }: Options,
  parts: Pick<Parameters<typeof connectHomeAssistant>[0], "clock" | "log">,
) {
  const { url, token } = homeAssistant;
  if (url !== undefined && token !== undefined) return connectHomeAssistant({ ...parts, url, token });
  if (environment.supervisorToken === undefined) return undefined;
  return connectHomeAssistant({ ...parts, url: "http://supervisor/core", token: environment.supervisorToken });
}
