import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import { addressFinder } from "../web/client-address.ts";
import type { Recognize, Routes } from "../web/web.ts";
import { certificateRoutes, type NodesBroker } from "./certificate-routes.ts";
import { claimCodeRoutes } from "./claim-code-routes.ts";
import { claimRoute } from "./claim-route.ts";
import { heartbeatRoute } from "./heartbeat-route.ts";
import { keyRoutes } from "./key-routes.ts";
import type { NodeCa } from "./node-ca.ts";
import type { NodePace } from "./node-pace.ts";
import { nodeRoutes } from "./node-routes.ts";
import { ownKeyRoutes } from "./own-key-routes.ts";
import type { KeepHeartbeat } from "./presence.ts";
import { openSignedCallers } from "./signed-callers.ts";

export type NodesParts = {
  readonly database: Database;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly publicUrl: string;
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly keepHeartbeat: KeepHeartbeat;
  /** How many requests of a node are taken. */
  readonly pace: NodePace;
  /** Connected as the database's owner. */
  readonly owner: Database;
  /** Makes it when it is first asked for. */
  readonly ca: () => Promise<NodeCa>;
  /** undefined: nodes have none. */
  readonly broker: NodesBroker | undefined;
};

/** The nodes' part of the hub's API, and who tells their requests from others. */
export function nodesOf(parts: NodesParts): { readonly routes: readonly Routes[]; readonly recognize: Recognize } {
  const callers = openSignedCallers(parts);
  return {
    recognize: callers.recognize,
    routes: [
      callers.checkBodies,
      claimCodeRoutes(parts),
      claimRoute({ ...parts, callers, addressOf: addressFinder(parts.trustedProxies) }),
      nodeRoutes(parts),
      keyRoutes(parts),
      ownKeyRoutes(parts),
      heartbeatRoute(parts),
      certificateRoutes(parts),
    ],
  };
}
