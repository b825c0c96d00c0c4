import { randomBytes } from "node:crypto";
import { installationStatusTopic } from "@heatloop/mqtt-discovery/installation";
import type { StateFile } from "../base/state-file.ts";
import type { Will } from "../mqtt/server.ts";

/** What the broker publishes for an installation when its connection is lost. */
export function willOf(installation: string): Will {
  return { topic: installationStatusTopic(installation), payload: "offline", retain: true, qos: 1 };
}

/**
 * The id of this installation, 8 lower-case characters: made at the first start and kept in `installation.json` of the
 * data folder. Where that cannot be written it lasts for this run.
 */
export async function openInstallation(stateFile: StateFile): Promise<string> {
  const known = await stateFile.read();
  const id = typeof known === "object" && known !== null && "id" in known ? known.id : undefined;
  if (typeof id === "string" && /^[a-z0-9]{8}$/.test(id)) return id;
  const made = randomBytes(4).toString("hex");
  await stateFile.write({ id: made });
  return made;
}
