import type { BrokerPlace } from "../mqtt/server.ts";

/** The broker as an ESP32 in the home's network reaches it. */
export type BrokerForEsp32 = {
  /** Address or name; null: not known, a person has to fill it in. */
  readonly address: string | null;
  /** Who knows it: the connection's own URL, Home Assistant, or this machine. */
  readonly from: "connection" | "home_assistant" | "machine" | null;
  /** Further addresses of the same machine: it may be in several networks. */
  readonly others: readonly string[];
  readonly port: number;
  readonly tls: boolean;
  /** Whether TLS goes by another name than ours, which the certificate then has to have too. */
  readonly renamed: boolean;
};

/** What is known of addresses in the home's network, the most likely one first. */
export type HomeAddresses = { readonly homeAssistant: readonly string[]; readonly machine: readonly string[] };

/**
 * The broker's address for the ESP32: that of our own connection, unless only this machine or only the Supervisor's apps
 * know it. Then it is Home Assistant's, which the Supervisor's broker shares, or this machine's.
 */
export function brokerForEsp32(place: Pick<BrokerPlace, "url">, addresses: HomeAddresses): BrokerForEsp32 {
  const { protocol, hostname, port: ownPort } = URL.parse(place.url) ?? { protocol: "", hostname: "", port: "" };
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const tls = protocol === "mqtts:" || protocol === "wss:";
  const port = ownPort === "" ? (tls ? 8883 : 1883) : Number(ownPort);
  const found = (from: BrokerForEsp32["from"], [address, ...others]: readonly string[], renamed = tls) =>
    ({ address: address ?? null, from: address === undefined ? null : from, others, port, tls, renamed }) as const;
  if (host !== "" && !isOwnMachine(host) && !isInsideSupervisor(host)) return found("connection", [host], false);
  if (isInsideSupervisor(host)) return found("home_assistant", addresses.homeAssistant);
  return found("machine", addresses.machine);
}

/** Whether a name or address is only that of the machine itself. */
export function isOwnMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "::" || host === "0.0.0.0" || host.startsWith("127.");
}

/** Names and addresses of the Supervisor's own network: `core-mosquitto`, `a0d7b954-emqx`, 172.30.32.0/23. */
function isInsideSupervisor(host: string): boolean {
  return /^(core|local|[0-9a-f]{8})-[a-z0-9-]+$/.test(host) || /^172\.30\.3[23]\./.test(host);
}
