import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brokerId, type FlowNode, flowFolder } from "./node-red/nodes.ts";
import { settings } from "./node-red/settings.ts";
import { subflows } from "./node-red/subflows.ts";
import { alerts, hotWaterOnSurplus, priceWindows, roomFeed, setPointsOfHeatPump } from "./node-red/tabs.ts";

export const flowFile = join(flowFolder, "heatloop-flows.json");

/** The flows as Node-RED imports them, made of the functions beside them. */
export async function nodeRedFlows(): Promise<string> {
  const tabs = [
    await roomFeed(),
    await hotWaterOnSurplus(),
    await priceWindows(),
    setPointsOfHeatPump(),
    await alerts(),
  ];
  return jsonOf([...shared(), ...(await subflows()), ...tabs.flat()]);
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

function jsonOf(nodes: readonly FlowNode[]): string {
  return `${JSON.stringify(nodes, null, 2)}\n`;
}

if (import.meta.main) await writeFile(flowFile, await nodeRedFlows());
