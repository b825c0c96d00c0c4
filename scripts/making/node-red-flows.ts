import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dashboard } from "../node-red/dashboard.ts";
import { homeAssistantRooms } from "../node-red/home-assistant.ts";
import { brokerId, type FlowNode, flowFolder } from "../node-red/nodes.ts";
import { settings } from "../node-red/settings.ts";
import { subflows } from "../node-red/subflows.ts";
import { alerts, heatPump, hotWaterOnSurplus, priceWindows, roomFeed, setPointsOfHeatPump } from "../node-red/tabs.ts";

/** Each file that is imported, and its nodes; the second and the third one need the first. */
const files = {
  "heatloop-flows.json": flows,
  "heatloop-dashboard.json": dashboard,
  "heatloop-home-assistant.json": homeAssistantRooms,
} as const;

export type FlowFile = keyof typeof files;
export const flowFiles = Object.keys(files) as FlowFile[];

/** The nodes as Node-RED imports them, made of the functions beside them. */
export async function nodeRedFlows(file: FlowFile): Promise<string> {
  return `${JSON.stringify(await files[file](), null, 2)}\n`;
}

async function flows(): Promise<FlowNode[]> {
  const tabs = [
    await roomFeed(),
    await heatPump(),
    await hotWaterOnSurplus(),
    await priceWindows(),
    setPointsOfHeatPump(),
    await alerts(),
  ];
  return [...shared(), ...(await subflows()), ...tabs.flat()];
}

function shared(): FlowNode[] {
  return [
    { id: "heatloop-settings", type: "global-config", name: "Heatloop settings", env: settings },
    {
      id: brokerId,
      type: "mqtt-broker",
      name: "Broker of the heat pump",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
      broker: "${HEATLOOP_MQTT_HOST}",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
      port: "${HEATLOOP_MQTT_PORT}",
      protocolVersion: "5",
      keepalive: "60",
      cleansession: true,
    },
  ];
}

if (import.meta.main) {
  for (const file of flowFiles) await writeFile(join(flowFolder, file), await nodeRedFlows(file));
}
