import { connectAsync } from "mqtt";
import { waitFor } from "#test/support/wait-for.ts";
import { heatPump, type TwoServers } from "./two-servers.ts";

/** Waits until the new broker is told that the bridge is connected. */
export async function waitForBridge({ innerUrl }: TwoServers): Promise<void> {
  const client = await connectAsync(innerUrl);
  let isBack = false;
  client.on("message", (_, payload) => {
    isBack = payload.toString() === "1";
  });
  await client.subscribeAsync(`${heatPump}/bridge`);
  await waitFor(() => isBack, "the bridge is back");
  await client.endAsync();
}

/** The commands that reach the old broker after one at the new one, by when the reports that came later have crossed the bridge. */
export async function commandsThatComeHome({ old, innerUrl }: TwoServers): Promise<readonly string[]> {
  const home = await connectAsync(old.url);
  const server = await connectAsync(innerUrl);
  const commands: string[] = [];
  let reports = 0;
  home.on("message", (topic) => commands.push(topic));
  server.on("message", (_, __, { retain }) => {
    if (!retain) reports += 1;
  });
  await home.subscribeAsync(`${heatPump}/+/+/command`);
  await server.publishAsync(`${heatPump}/number/dhw_setpoint/command`, "55", { qos: 1 });
  await server.subscribeAsync(`${heatPump}/+/+/state`);
  await waitFor(() => reports > 20, "reports come over the bridge");
  await home.endAsync();
  await server.endAsync();
  return commands;
}
