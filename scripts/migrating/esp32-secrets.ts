import { parseDocument, Scalar } from "yaml";
import type { ServerDoor } from "./server-door.ts";

/** What the ESP32's secrets.yaml says of its broker. */
const names = ["mqtt_broker", "mqtt_username", "mqtt_password", "mqtt_certificate_authority"] as const;

/**
 * The text of secrets.yaml with the new server in it; all else stays, comments too. A sentence where it is no such file.
 */
export function secretsForServer(
  text: string,
  door: ServerDoor,
): { readonly text: string } | { readonly problem: string } {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return { problem: `is no YAML: ${error.message.split("\n")[0]}` };
  const missing = names.slice(0, 3).filter((name) => !document.has(name));
  if (missing.length > 0) return { problem: `has no ${missing.join(", ")}: it is not the secrets.yaml of esphome/` };
  const authority = new Scalar(door.ca);
  authority.type = Scalar.BLOCK_LITERAL;
  document.set("mqtt_broker", door.host);
  document.set("mqtt_username", door.heatPump);
  document.set("mqtt_password", door.password);
  document.set("mqtt_certificate_authority", authority);
  return { text: document.toString({ lineWidth: 0 }) };
}
