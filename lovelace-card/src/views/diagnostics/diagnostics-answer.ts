import { type AddonAnswer, askAddon } from "../../home-assistant/addon.ts";
import { heatloopId } from "../../home-assistant/find-entities.ts";
import type { ViewInput } from "../../look/view.ts";

/** Of `GET api/health` what the card reads; ha-addon/src/web/schemas.ts describes it. */
type HealthAnswer = {
  readonly version: string;
  readonly devices: readonly { readonly id: string; readonly last_seen: string | null }[];
};

/** What only the app knows of a heat pump. */
export type AppDiagnostics = {
  readonly version: string;
  /** When the heat pump's last message came, ISO 8601; null: not since the app started. */
  readonly lastSeen: string | null;
};

/** Never rejected. */
export async function loadDiagnostics({ hass, clock, heatPump }: ViewInput): Promise<AddonAnswer<AppDiagnostics>> {
  const answer = await askAddon<HealthAnswer>(hass, clock, "api/health");
  if (answer.kind !== "answer") return answer;
  const { version, devices } = answer.value;
  const id = heatloopId(heatPump.device);
  const lastSeen = devices.find((device) => device.id === id)?.last_seen ?? null;
  return { kind: "answer", value: { version, lastSeen } };
}
