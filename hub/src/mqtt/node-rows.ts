import { nodeTopic, nodeTopicIn } from "@heatloop/core/hub/topics";
import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import { check, type Mistake } from "@heatloop/program/mistakes";
import type { z } from "zod";
import type { Database } from "../database/database.ts";
import type { BodySpaces } from "../telemetry/body-space.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import { countRefused } from "../telemetry/refused-rows.ts";
import { longestSample } from "../telemetry/refused-sample.ts";
import type { TakeTelemetry } from "../telemetry/take-telemetry.ts";
import { encodingOf, heldBody, jsonIn, telemetrySchema } from "../telemetry/telemetry-body.ts";
import type { HubMqtt } from "./hub-mqtt.ts";
import { forLiveNode, type TenantOfNode } from "./live-node.ts";
import type { PublishPace } from "./publish-pace.ts";

/** What waits side by side is stored together. */
const sideBySide = 48;
const eventsSideBySide = 8;

export type NodeRowsParts = {
  readonly mqtt: HubMqtt;
  readonly tenantOfNode: TenantOfNode;
  readonly takeTelemetry: TakeTelemetry;
  readonly database: Database;
  readonly spaces: BodySpaces;
  readonly clock: Clock;
  readonly publishPace: Pick<PublishPace, "takes">;
};

/**
 * Takes rows and events that nodes publish: the body of `POST /api/v1/telemetry`, plain or compressed. Each message is acknowledged once its
 * rows are committed; one that cannot be read is counted, and the last of its kind kept.
 */
export function followRows(parts: NodeRowsParts): void {
  const { mqtt, takeTelemetry, publishPace } = parts;
  const take = async (topic: string, payload: Buffer) => {
    const node = nodeTopicIn(topic)?.node;
    if (!publishPace.takes(node, payload)) return;
    await forLiveNode(parts, node, async (from) => {
      const held = await heldBody(parts.spaces, payload, encodingOf(payload)).catch(refusalOf);
      if ("why" in held) return refuse(parts, from, { why: held.why, payload });
      try {
        const read = readMessage(held.plain);
        if ("why" in read) await refuse(parts, from, { why: read.why, payload });
        else await takeTelemetry(from, read.telemetry);
      } finally {
        held.leave();
      }
    });
  };
  mqtt.share(nodeTopic("+", "telemetry"), take, sideBySide);
  mqtt.share(nodeTopic("+", "events"), take, eventsSideBySide);
}

function readMessage(
  plain: Buffer,
): { readonly telemetry: z.output<typeof telemetrySchema> } | { readonly why: string } {
  try {
    const checked = check(telemetrySchema, jsonIn(plain));
    if (checked.ok) return { telemetry: checked.value };
    return { why: kindOf(checked.mistakes[0]) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Without what was found and where in a list, which a sample shows: else each message would be of a kind of its own. */
function kindOf(mistake: Mistake | undefined): string {
  return mistake === undefined ? "" : `${mistake.path.replaceAll(/\[\d+\]/g, "[]")}: allowed: ${mistake.allowed}`;
}

/** Why a message is not taken; of another error there is none, and it goes on. */
function refusalOf(error: unknown): { readonly why: string } {
  if (error instanceof Problem) return { why: error.message };
  throw error;
}

function refuse(
  { database, clock }: NodeRowsParts,
  from: NodeOfTenant,
  { why, payload }: { readonly why: string; readonly payload: Buffer },
): Promise<void> {
  const sample = payload.subarray(0, longestSample).toString("latin1").replaceAll("\0", "");
  return database.transaction({ tenant: from.tenant }, (queries) =>
    countRefused(
      queries,
      { ...from, device: "", stream: "messages" },
      [{ why: why.slice(0, 500), sample }],
      clock.now(),
    ),
  );
}
