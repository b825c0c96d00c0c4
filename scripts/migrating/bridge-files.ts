import { X509Certificate } from "node:crypto";
import { bridgeTopic, type ServerDoor } from "./server-door.ts";

/** What Mosquitto at home is given: a configuration that holds a password, and the authority that it trusts. */
export type BridgeFiles = Readonly<Record<"heatloop-bridge.conf" | "heatloop-server.crt", string>>;

/** Below a heat pump's name all that it reports, in ESPHome's topics and those of labels; commands are not among them. */
const reports = ["status", "+/+/state", "+/+/+/state", "+/+/+/+/state"];

/**
 * The files for a bridge that brings what the heat pump reports to the old broker on to the new one (mosquitto.conf(5), Configuring
 * Bridges). It brings nothing back: one program at a time controls the heat pump. `folder`: where the files will lie on
 * the old broker's machine.
 */
export function bridgeFiles({ host, port, ca, heatPump, password }: ServerDoor, folder: string): BridgeFiles {
  return {
    "heatloop-bridge.conf": `# A bridge to Heatloop's new server, by scripts/migrate. Take this file away before the ESP32 goes there.
connection heatloop
address ${host.includes(":") ? `[${host}]` : host}:${port}
bridge_cafile ${folder.replace(/\/$/, "")}/heatloop-server.crt
bridge_insecure false
remote_clientid heatloop-bridge-${heatPump}
remote_username ${heatPump}
remote_password ${password}
bridge_protocol_version mqttv311
cleansession true
notifications true
notification_topic ${bridgeTopic(heatPump)}
restart_timeout 2 30
keepalive_interval 30
${reports.map((topic) => `topic ${topic} out 0 ${heatPump}/ ${heatPump}/`).join("\n")}
`,
    "heatloop-server.crt": ca,
  };
}

/** The certificate of an authority, as PEM; undefined where the text is none. */
export function readAuthority(text: string): string | undefined {
  try {
    return new X509Certificate(text).toString();
  } catch {
    return undefined;
  }
}
