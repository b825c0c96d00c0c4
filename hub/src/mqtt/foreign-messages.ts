import { foreignFilters, nodeForeignIn, nodesForeignFilter } from "@heatloop/core/hub/dialects";
import type { TakeDialect } from "../dialects/take-dialect.ts";
import type { MessageArrival } from "./connection.ts";
import type { HubMqtt } from "./hub-mqtt.ts";
import { forLiveNode, type TenantOfNode } from "./live-node.ts";

/** What waits side by side is stored together. */
const sideBySide = 16;
const sideBySideBare = 4;

export type ForeignMessagesParts = {
  readonly mqtt: HubMqtt;
  readonly tenantOfNode: TenantOfNode;
  readonly takeDialect: TakeDialect;
  /** The node that topics without a node belong to; undefined: they are not read. */
  readonly bareNode: string | undefined;
};

/**
 * Takes what other systems publish under their nodes, of which the broker lets each write its own alone; where `bareNode` is set,
 * also what stands under the systems' own topics, for that node. Each is acknowledged once it is committed.
 */
export function followForeign(parts: ForeignMessagesParts): void {
  const { mqtt, takeDialect, bareNode } = parts;
  const take = (node: string | undefined, topic: string, payload: Buffer, { at, isRetained }: MessageArrival) =>
    forLiveNode(parts, node, (sender) => takeDialect(sender, { topic, payload, arrivedAt: at, isRetained }));
  mqtt.share(
    nodesForeignFilter,
    (topic, payload, arrival) => {
      const foreign = nodeForeignIn(topic);
      return take(foreign?.node, foreign?.topic ?? "", payload, arrival);
    },
    sideBySide,
  );
  if (bareNode === undefined) return;
  for (const filter of foreignFilters) {
    // `+/+/+/data` fits topics of nodes too.
    const takeBare = async (topic: string, payload: Buffer, arrival: MessageArrival) => {
      if (!/^(nodes|hub)\//.test(topic)) await take(bareNode, topic, payload, arrival);
    };
    mqtt.share(filter, takeBare, sideBySideBare);
  }
}
