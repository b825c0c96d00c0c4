import { nodeTopic, nodeTopicIn } from "@heatloop/core/hub/topics";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { parseJson } from "@heatloop/program/json-text";
import { type Log, messageOf } from "@heatloop/program/log";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { transactionOfJobs } from "../database/jobs.ts";
import { heartbeatSchema } from "../nodes/heartbeat-route.ts";
import type { KeepHeartbeat } from "../nodes/presence.ts";
import type { HubMqtt } from "./hub-mqtt.ts";
import { forLiveNode, type TenantOfNode } from "./live-node.ts";
import type { PublishPace } from "./publish-pace.ts";

/** How often hubs look for nodes that were revoked, and for how long they see to it that those are off the broker. */
const lookedEachMs = 3 * secondMs;
const seenToForMs = 30 * secondMs;
/** A home that came back as a node is there itself; the broker soon knows that what the one before it has is revoked. */
const seenToAfterReturnMs = 12 * secondMs;
const mostAtOnce = 100;
/** What waits side by side is kept together. */
const sideBySide = 24;
/** Of so many nodes it is logged that what they say cannot be read. */
const mostLogged = 1_000;

export type NodeMessagesParts = {
  readonly mqtt: HubMqtt;
  readonly tenantOfNode: TenantOfNode;
  readonly keepHeartbeat: KeepHeartbeat;
  readonly publishPace: Pick<PublishPace, "takes">;
  /** Connected as the database's owner. */
  readonly owner: Database;
  readonly clock: Clock;
  readonly log: Log;
};

/** Takes what nodes tell of themselves over the broker, and keeps those off it that were revoked. */
export function followNodes(parts: NodeMessagesParts): { close(): Promise<void> } {
  const { mqtt, publishPace, log } = parts;
  const logged = new Set<string>();
  const take = async (topic: string, payload: Buffer) => {
    const node = nodeTopicIn(topic)?.node;
    if (node === undefined || !z.uuid().safeParse(node).success || !publishPace.takes(node, payload)) return;
    const json = parseJson(payload.toString());
    const said = json.ok ? statusSchema.safeParse(json.value).data : undefined;
    if (said === undefined) {
      if (logged.size < mostLogged && !logged.has(node)) log.warn("the status of a node cannot be read", { node });
      logged.add(node);
      return;
    }
    if (said.online) await heard(parts, node, said);
  };
  mqtt.share(nodeTopic("+", "status"), take, sideBySide);
  const stopLooks = keepRevokedOff(parts);
  return { close: async () => stopLooks() };
}

const statusSchema = z.union([
  z.object({ online: z.literal(false) }),
  heartbeatSchema.extend({ online: z.literal(true) }),
]);
type SaidStatus = Extract<z.output<typeof statusSchema>, { online: true }>;

function heard(parts: NodeMessagesParts, id: string, said: SaidStatus): Promise<void> {
  const { keepHeartbeat, clock } = parts;
  return forLiveNode(parts, id, ({ node, tenant }) => keepHeartbeat({ node, tenant, at: clock.now(), said }));
}

function keepRevokedOff({ mqtt, owner, clock, log }: NodeMessagesParts): Stop {
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking || !mqtt.connected()) return;
    isLooking = true;
    const now = clock.now();
    try {
      const nodes = await transactionOfJobs(owner, (queries) =>
        queries.all<{ id: string }>(
          `(select id from nodes where revoked_at > $1 order by revoked_at limit $3)
           union (select returns_as from claim_codes where returns_as is not null and used_at > $2 order by used_at limit $3)`,
          [new Date(now - seenToForMs), new Date(now - seenToAfterReturnMs), mostAtOnce],
        ),
      );
      for (const { id } of nodes) await mqtt.disconnect(id);
    } catch (error) {
      log.warn("a node that was revoked could not be taken off the broker; it is tried again", {
        error: messageOf(error),
      });
    } finally {
      isLooking = false;
    }
  }

  return clock.every(lookedEachMs, () => void look());
}
