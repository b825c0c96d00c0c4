import type { PointId } from "@heatloop/core/catalogue/points";
import { longestPayload } from "@heatloop/core/catalogue/reading";
import type { MqttMessage } from "../mqtt/message.ts";

/** A topic prefix on the broker: of a heat pump, or of what may turn out to be one. */
export type Prefix = {
  /** Its messages for as long as it is a candidate, the last one of each topic. */
  readonly messages: Map<string, MqttMessage>;
  /** Topics with a sign of a heat pump: after an update to another language those of two firmwares. */
  readonly signs: Map<string, PointId>;
  isHeatPump: boolean;
};

/** Prefixes by their names. What is no heat pump is forgotten, the one not seen for longest first, beyond a bound. */
export type Prefixes = {
  get(name: string): Prefix | undefined;
  /** The prefix, made where it is new; it counts as seen now. */
  see(name: string): Prefix;
  /** Keeps a message of a candidate. */
  keep(prefix: Prefix, message: MqttMessage): void;
  /** Hands out what was kept of one that turned out to be a heat pump. */
  release(prefix: Prefix): readonly MqttMessage[];
  delete(name: string): void;
};

/** A heat pump has some 200 topics. */
const mostKept = 400;
/** A house has some dozens of ESPHome devices, and each looks a bit like a heat pump. */
const mostCandidates = 200;
const mostBytes = 2_000_000;

export function prefixCandidates(): Prefixes {
  const prefixes = new Map<string, Prefix>();
  const bytesOf = new Map<Prefix, number>();
  let bytes = 0;

  function forgetBytes(prefix: Prefix): void {
    bytes -= bytesOf.get(prefix) ?? 0;
    bytesOf.delete(prefix);
  }

  function remove(name: string): void {
    const prefix = prefixes.get(name);
    if (prefix !== undefined) forgetBytes(prefix);
    prefixes.delete(name);
  }

  function makeSpace(forPrefix: Prefix): void {
    let candidates = 0;
    for (const prefix of prefixes.values()) if (!prefix.isHeatPump) candidates += 1;
    for (const [name, prefix] of prefixes) {
      if (candidates <= mostCandidates && bytes <= mostBytes) return;
      if (prefix.isHeatPump || prefix === forPrefix) continue;
      remove(name);
      candidates -= 1;
    }
  }

  return {
    get: (name) => prefixes.get(name),
    see(name) {
      const known = prefixes.get(name);
      if (known?.isHeatPump) return known;
      const prefix = known ?? { messages: new Map(), signs: new Map(), isHeatPump: false };
      prefixes.delete(name);
      prefixes.set(name, prefix);
      if (known === undefined) makeSpace(prefix);
      return prefix;
    },
    keep(prefix, message) {
      const { topic, payload } = message;
      if (payload.length > longestPayload) return;
      const before = prefix.messages.get(topic);
      if (before === undefined && prefix.messages.size >= mostKept) return;
      // The bytes alone: those from the wire are a part of a larger piece, which would stay in memory with them.
      prefix.messages.set(topic, { ...message, payload: new Uint8Array(payload) });
      const more = before === undefined ? topic.length + payload.length : payload.length - before.payload.length;
      bytes += more;
      bytesOf.set(prefix, (bytesOf.get(prefix) ?? 0) + more);
      makeSpace(prefix);
    },
    release(prefix) {
      const messages = [...prefix.messages.values()];
      prefix.messages.clear();
      forgetBytes(prefix);
      return messages;
    },
    delete: remove,
  };
}
