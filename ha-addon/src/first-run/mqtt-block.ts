import type { BrokerForEsp32 } from "./broker-address.ts";

/** More certificates than an authority and those between: a bundle of everybody's, which no ESP32 has room for. */
const mostCertificates = 3;

/** The certificates in a PEM text, without anything else that is in it; null where there is none, or a whole bundle. */
export function certificatesIn(pem: string): string | null {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0 || found.length > mostCertificates) return null;
  return found.map((each) => each.replace(/\r\n?/g, "\n")).join("\n");
}

/**
 * The `mqtt:` block of the ESP32's YAML (ESPHome), the same as `esphome/mqtt-tls.yaml` with this broker's address. What is
 * not known is a `!secret` with a comment; user and password always are, as the ESP32 has its own. `ca` is a PEM text.
 */
export function mqttBlock(broker: BrokerForEsp32, ca: string | null): string {
  return [
    "# For the ESP32's YAML. With Heatloop's esphome/heatloop.yaml it goes to the end of that file, and there the line",
    "# `mqtt: !include mqtt-tls.yaml` goes. What is `!secret` stands in secrets.yaml, which stays with you.",
    "mqtt:",
    ...brokerLines(broker),
    `  port: ${broker.port}`,
    "  # A user of the broker for the ESP32 alone.",
    "  username: !secret mqtt_username",
    "  password: !secret mqtt_password",
    ...(broker.tls ? authorityLines(ca) : []),
    "  # Heatloop announces the heat pump to Home Assistant itself.",
    "  discovery: false",
    "  # Tells the board's hardware address, by which a heat pump is known again under another name.",
    "  discover_ip: true",
    "  publish_nan_as_none: true",
    "  # The heat pump needs no broker: the ESP32 does not restart where it is away.",
    "  reboot_timeout: 0s",
    "  log_topic: null",
    "  idf_send_async: true",
    "",
  ].join("\n");
}

function brokerLines({ address, others, renamed }: BrokerForEsp32): string[] {
  if (address === null) {
    return [
      "  # Heatloop does not know by which address the home's network reaches the broker: put it into secrets.yaml,",
      "  # for example mqtt_broker: 192.168.1.10",
      "  broker: !secret mqtt_broker",
    ];
  }
  const also = others.length === 0 ? [] : [`  # Or ${others.join(" or ")}, by the network that the ESP32 is in.`];
  const name = isMdnsName(address)
    ? ["  # Better the address in numbers: an ESP32 may not find names under .local."]
    : [];
  const alone = isLoneName(address) ? ["  # Better the address in numbers: the ESP32 may not know this name."] : [];
  const certified = renamed
    ? ["  # The broker's certificate has to have this address; where it has not, see Certificate in docs/esp32.md."]
    : [];
  return [...also, ...name, ...alone, ...certified, `  broker: ${scalar(address)}`];
}

function authorityLines(ca: string | null): string[] {
  if (ca !== null) return ["  certificate_authority: |", ...ca.split("\n").map((line) => `    ${line.trim()}`)];
  return [
    "  # TLS is on only with this: the text of the certificate of the authority that signed the broker's.",
    "  certificate_authority: !secret mqtt_certificate_authority",
  ];
}

function isMdnsName(address: string): boolean {
  return address.endsWith(".local");
}

function isLoneName(address: string): boolean {
  return !/[.:]/.test(address);
}

/** A host as a YAML scalar: plain where that is the text itself and nothing else. */
function scalar(text: string): string {
  return /^([a-z0-9-]+\.){2,}[a-z0-9-]+$|^[a-z][a-z0-9-]*\.[a-z]+$/i.test(text) ? text : JSON.stringify(text);
}
