import type { BrokerNotice } from "./shared-heat-pumps.ts";

/** What a broker takes: the size of a whole packet, whether it retains messages, and the highest QoS. */
export type BrokerLimits = { readonly packetBytes: number; readonly retain: boolean; readonly qos: 0 | 1 };

export const noLimits: BrokerLimits = { packetBytes: Number.POSITIVE_INFINITY, retain: true, qos: 1 };

/** The limits as CONNACK announces them (MQTT 5, 3.2.2.3); what it leaves out is not limited. */
export function announcedLimits(
  connack:
    | {
        readonly maximumPacketSize?: number;
        readonly retainAvailable?: boolean | number;
        readonly maximumQoS?: number;
      }
    | undefined,
): BrokerLimits {
  return {
    packetBytes: connack?.maximumPacketSize ?? noLimits.packetBytes,
    // The client hands it on as a boolean or as the byte of the wire.
    retain: connack?.retainAvailable === undefined || Boolean(connack.retainAvailable),
    qos: connack?.maximumQoS === 0 ? 0 : 1,
  };
}

/** What fits both limits. */
export function stricter(a: BrokerLimits, b: BrokerLimits): BrokerLimits {
  return {
    packetBytes: Math.min(a.packetBytes, b.packetBytes),
    retain: a.retain && b.retain,
    qos: a.qos === 0 || b.qos === 0 ? 0 : 1,
  };
}

/** Fixed header, packet id, lengths and the one property that we send (MQTT 5, 3.3). */
const overheadBytes = 24;

/** The most that a PUBLISH packet takes, bytes. */
export function publishBytes(topic: string, payload: string): number {
  return Buffer.byteLength(topic) + Buffer.byteLength(payload) + overheadBytes;
}

/** A message as it can be sent within the limits. */
export function within<How extends { readonly retain: boolean; readonly qos: 0 | 1 }>(
  how: How,
  { retain, qos }: BrokerLimits,
): How {
  return { ...how, retain: how.retain && retain, qos: how.qos === 1 ? qos : 0 };
}

/** What the owner of a broker should know of its limits; `tooLarge` is a topic whose message was not sent because of them. */
export function limitNotices(
  { packetBytes, retain, qos }: BrokerLimits,
  tooLarge: string | null,
): readonly BrokerNotice[] {
  const notices: BrokerNotice[] = [];
  if (tooLarge !== null) {
    const problem = { code: "broker_packet", packetBytes, topic: tooLarge } as const;
    notices.push({ id: "broker/packet", problem, device: null });
  }
  if (!retain) notices.push({ id: "broker/retain", problem: { code: "broker_retain" }, device: null });
  if (qos === 0) notices.push({ id: "broker/qos", problem: { code: "broker_qos" }, device: null });
  return notices;
}

/** How a connection ended, as far as it shows a limit. */
export type LimitSigns = {
  readonly code: string | undefined;
  readonly accepted: boolean;
  /** The broker closed the connection without a reason. */
  readonly silent: boolean;
  readonly version: 4 | 5;
  /** Of the messages that were on their way. */
  readonly largestUnconfirmedBytes: number;
  /** Whether the connection had lasted. */
  readonly lasted: boolean;
};

/** What was learned from the ends of connections; `tries` counts those that a 3.1.1 broker did not even answer. */
export type LearnedLimits = { readonly limits: BrokerLimits; readonly lostLarge: number; readonly tries: number };

export const nothingLearned: LearnedLimits = { limits: noLimits, lostLarge: 0, tries: 0 };

/** Smaller messages are within every broker's limits: they are not why a connection ends. Chosen: far below any known limit. */
const largeBytes = 4_096;

/** Before MQTT 5 a broker gives no reason when it closes: then what a last will may need is left out, one after another. */
const olderWills: readonly Pick<BrokerLimits, "retain" | "qos">[] = [
  { retain: true, qos: 1 },
  { retain: false, qos: 1 },
  { retain: true, qos: 0 },
  { retain: false, qos: 0 },
];

/**
 * What the end of a connection shows. MQTT 5 names it (2.4: 149 packet too large, 154 no retain, 155 QoS too high). Brokers that just
 * close are taken to mean the size when a large message was on its way twice in a row.
 */
export function learnLimits(before: LearnedLimits, signs: LimitSigns): LearnedLimits {
  const { limits } = before;
  const { code, largestUnconfirmedBytes: bytes } = signs;
  const isLarge = signs.accepted && bytes >= largeBytes;
  if (code === "154" && limits.retain) return { ...before, limits: { ...limits, retain: false } };
  if (code === "155" && limits.qos === 1) return { ...before, limits: { ...limits, qos: 0 } };
  if (isLarge && (code === "149" || (signs.silent && before.lostLarge > 0))) {
    return { ...before, limits: { ...limits, packetBytes: Math.min(limits.packetBytes, bytes - 1) }, lostLarge: 0 };
  }
  if (signs.accepted) return { ...before, lostLarge: isLarge && signs.silent && !signs.lasted ? 1 : 0 };
  if (signs.version === 5 || !signs.silent) return before;
  const tries = before.tries + 1;
  return { ...before, tries, limits: { ...limits, ...olderWills[tries % olderWills.length] } };
}
