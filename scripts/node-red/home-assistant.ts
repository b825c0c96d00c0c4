import { code, commentOf, everyTick, type FlowNode, nodeAt, placed } from "./nodes.ts";
import { meanNodes } from "./tabs.ts";

/** The tab "Room feed" with rooms of Home Assistant in place of topics; broker, settings and subflows are those of the flows. */
export async function homeAssistantRooms(): Promise<FlowNode[]> {
  const tab = "heatloop-room-feed";
  const server = "heatloop-home-assistant";
  const rendering = { name: "Home Assistant", server, version: 0, template: "" };
  return placed([
    // Neither address nor token stands in a file: a person sets them in this node.
    { id: server, type: "server", name: "Home Assistant", version: 6, addon: false, rejectUnauthorizedCerts: true },
    { id: tab, type: "tab", label: "Room feed", info: await commentOf("mean-of-rooms") },
    { ...everyTick(tab, "ask"), id: `${tab}-ask-tick` },
    await code(tab, "ask", "Which rooms", "ask-home-assistant", [["answer"]]),
    nodeAt(tab, "answer", "api-render-template", [["rooms"]], {
      ...rendering,
      ...{ resultsLocation: "payload", resultsLocationType: "msg" },
      ...{ templateLocation: "template", templateLocationType: "msg" },
    }),
    // While Home Assistant is away the rooms grow old; a line of the log for each look says no more.
    nodeAt(tab, "away", "catch", [[]], { name: "It is away", scope: [`${tab}-answer`], uncaught: false }),
    await code(tab, "rooms", "Each room", "rooms-of-home-assistant", [["number"]]),
    ...(await meanNodes(tab)),
  ]);
}
