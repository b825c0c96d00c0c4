import { foreignFilters, nodeForeignIn, nodesForeignFilter } from "@heatloop/core/hub/dialects";
import type { Log } from "@heatloop/program/log";
import type { TakeDialect } from "../dialects/take-dialect.ts";
import type { MessageTaker } from "./connection.ts";
import type { HubMqtt } from "./hub-mqtt.ts";
import { forLiveNode, type TenantOfNode } from "./live-node.ts";

/** What waits side by side is stored together. */
const sideBySide = 48;
const sideBySideBare = 4;

export type ForeignMessagesParts = {
  readonly mqtt: HubMqtt;
  readonly tenantOfNode: TenantOfNode;
  readonly takeDialect: TakeDialect;
  /** The node that topics without a node belong to; undefined: they are not read. */
  readonly bareNode: string | undefined;
  readonly log: Log;
};

/**
 * Takes what other systems publish under their nodes, of which the broker lets each write its own alone; where `bareNode` is set,
 * also what stands under the systems' own topics, for that node. Each is acknowledged once it is committed.
 */
export function followForeign(parts: ForeignMessagesParts): void {
  const { mqtt, takeDialect, bareNode } = parts;
  mqtt.share(
    nodesForeignFilter,
    (topic, payload, { at, isRetained }) => {
      const foreign = nodeForeignIn(topic);
      return forLiveNode(parts, foreign?.node, (sender) =>
        takeDialect(sender, { topic: foreign?.topic ?? "", payload, arrivedAt: at, isRetained }),
      );
    },
    sideBySide,
  );
  if (bareNode === undefined) return;
  const take = bareTaker(parts, bareNode);
  for (const filter of foreignFilters) mqtt.share(filter, take, sideBySideBare);
}

/** Whoever sends there is not the node itself, so that nobody is to be taken off the broker where it may not speak. */
function bareTaker({ tenantOfNode, takeDialect, log }: ForeignMessagesParts, node: string): MessageTaker["take"] {
  let mayBefore = true;
  return async (topic, payload, { at, isRetained }) => {
    // `+/+/+/data` fits topics of nodes too.
    if (/^(nodes|hub)\//.test(topic)) return;
    const tenant = await tenantOfNode(node);
    const may = typeof tenant === "number";
    if (!may && mayBefore) {
      log.warn("HUB_DIALECTS_NODE is no node, or was revoked: topics of other systems without a node are not taken", {
        node,
      });
    }
    mayBefore = may;
    if (may) await takeDialect({ tenant, node }, { topic, payload, arrivedAt: at, isRetained });
  };
}
