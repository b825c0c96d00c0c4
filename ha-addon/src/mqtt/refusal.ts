import { messageOf } from "@heatloop/program/log";
/** What is known of a connection that did not come about or ended. */
export type Ending = {
  /** The error of the socket, of TLS or of the protocol; undefined where the broker just closed the connection. */
  readonly error: unknown;
  /** Whether the broker had accepted the connection before. */
  readonly accepted: boolean;
  /** How many connections in a row were accepted and ended at once, this one included. */
  readonly briefInARow: number;
  readonly url: string;
  readonly caFile: string | undefined;
};

/** So many connections in a row that ended soon have a reason. */
const briefTooOften = 3;

/** CONNACK and DISCONNECT codes: MQTT 3.1.1 (3.2.2.3) below 128, MQTT 5 (2.4) above. */
const advice: Readonly<Record<string, string>> = {
  1: "the broker does not speak this version of MQTT",
  2: "the broker does not accept the client id",
  3: "the broker reports that it is not available",
  4: "the broker refuses the user name or the password: check mqtt.username and mqtt.password",
  5: "the broker does not let this user in: check mqtt.username and mqtt.password, and the broker's access list",
  132: "the broker does not speak this version of MQTT",
  133: "the broker does not accept the client id",
  134: "the broker refuses the user name or the password: check mqtt.username and mqtt.password",
  135: "the broker does not let this user in: check mqtt.username and mqtt.password, and the broker's access list",
  136: "the broker reports that it is not available",
  137: "the broker reports that it is busy",
  138: "the broker has banned this client: check its access list",
  139: "the broker is shutting down",
  141: "the broker received nothing for too long",
  142: "another program took over the connection with the same client id: is Heatloop running twice?",
  149: "the broker takes no messages of this size: raise its limit (Mosquitto: max_packet_size)",
  151: "the broker's quota is used up",
  152: "somebody ended the connection at the broker",
  154: "the broker keeps no retained messages: allow them (Mosquitto: retain_available true)",
  155: "the broker takes QoS 0 only: allow QoS 1 (Mosquitto: max_qos 2)",
};

/** Codes of certificates of an authority that is not known. */
export const untrusted: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "INVALID_CA",
]);

/** What is wrong with the connection to the broker and what its owner can do, a sentence. Never holds a password. */
export function refusalOf(ending: Ending): string {
  const { error, url, caFile } = ending;
  const { protocol, hostname, host } = new URL(url);
  const code = codeOf(error);
  const known = code === undefined ? undefined : advice[code];
  if (known !== undefined) return known;
  if (code !== undefined && untrusted.has(code)) {
    return caFile === undefined
      ? "the broker's certificate is not signed by a known authority: set mqtt.ca_file to the certificate (PEM) of the authority that signed it"
      : `the broker's certificate is not signed by the authority in ${caFile}: put the certificate (PEM) of the authority that signed it there`;
  }
  switch (code) {
    case undefined:
      return error === undefined ? closedReason(ending, protocol) : failureReason(error);
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `the broker's certificate is not for ${hostname} but for ${namesOf(error)}: use a name of the certificate in mqtt.url, or give the broker a certificate for ${hostname}`;
    case "CERT_HAS_EXPIRED":
      return "the broker's certificate has expired: renew it";
    case "CERT_NOT_YET_VALID":
      return "the broker's certificate is not valid yet: check the date of this machine";
    case "ECONNREFUSED":
      return `nothing listens at ${host}: is the broker running, and are host and port in mqtt.url right?`;
    case "ENOTFOUND":
      return `there is no host named ${hostname}: check mqtt.url`;
    case "EAI_AGAIN":
      return `the address of ${hostname} cannot be looked up now: is the network up?`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
      return `there is no way to ${hostname}: is the network up, and the host switched on?`;
    case "ETIMEDOUT":
      return `${host} does not answer: check mqtt.url and the firewall`;
    case "ECONNRESET":
    case "EPIPE":
      return closedReason(ending, protocol);
    default:
      return tlsReason(code, host) ?? `${failureReason(error)} (${code})`;
  }
}

/** What a broker says of a client's certificate by an alert of TLS (RFC 8446, 6.2), as OpenSSL's code ends in it. */
const certificateAlerts: ReadonlySet<string> = new Set([
  "BAD_CERTIFICATE",
  "UNSUPPORTED_CERTIFICATE",
  "CERTIFICATE_REVOKED",
  "CERTIFICATE_EXPIRED",
  "CERTIFICATE_UNKNOWN",
  "UNKNOWN_CA",
  "ACCESS_DENIED",
]);

function tlsReason(code: string, host: string): string | undefined {
  if (!/^(ERR_SSL|EPROTO)/.test(code)) return undefined;
  const alert = code.split("_ALERT_").at(-1) ?? "";
  if (alert === "CERTIFICATE_REQUIRED") {
    return `${host} lets in who shows a certificate alone: use a port where it asks for a user name and a password`;
  }
  if (certificateAlerts.has(alert)) {
    return `the broker refuses the certificate that Heatloop shows (${alert.toLowerCase().replaceAll("_", " ")})`;
  }
  return `${host} answers, but not with TLS that fits: use mqtt:// for a broker without TLS, or the broker's TLS port`;
}

/** Codes by which a broker says that it does not let this client in, which stays so until a person changes something. */
const notLetIn = new Set(["2", "4", "5", "133", "134", "135", "138"]);

/** Whether only a person can help: the broker refuses this client, or another one with its id pushes it out again and again. */
export function needsPerson({ error, briefInARow }: Ending): boolean {
  return notLetIn.has(codeOf(error) ?? "") || briefInARow >= briefTooOften;
}

/** Whether the broker may want MQTT 3.1.1: it answered so, or closed the connection instead of answering. */
export function wantsOlderVersion(ending: Ending): "yes" | "perhaps" | "no" {
  if (ending.accepted) return "no";
  const code = codeOf(ending.error);
  if (code === "1" || code === "132") return "yes";
  return ending.error === undefined || code === "ECONNRESET" ? "perhaps" : "no";
}

function closedReason({ accepted, briefInARow }: Ending, protocol: string): string {
  if (briefInARow >= briefTooOften) {
    return "the broker ends each connection soon after it accepted it: is Heatloop running twice, with the same client id?";
  }
  if (accepted) return "the broker closed the connection";
  const tls = protocol === "mqtt:" || protocol === "ws:" ? ", and does it expect TLS (mqtts://)" : "";
  return `the broker closes the connection before it answers: is this its MQTT port${tls}?`;
}

function failureReason(error: unknown): string {
  const text = messageOf(error);
  if (text === "connack timeout") return "the broker accepts the connection but does not answer";
  if (text === "Keepalive timeout") return "the broker does not answer any more";
  return text;
}

/** Node's or the protocol's code; of several addresses that were tried in vain, the first one's. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && (typeof error.code === "string" || typeof error.code === "number")) return String(error.code);
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

export function namesOf(error: unknown): string {
  const cert =
    error instanceof Error && "cert" in error ? (error.cert as { subjectaltname?: string } | undefined) : undefined;
  return cert?.subjectaltname?.replaceAll(/DNS:|IP Address:/g, "") || "another name";
}
