import type { Stop } from "@heatloop/core/time/clock";
import { installationIn } from "@heatloop/mqtt-discovery/discovery";
import { pieceOf, piecesFilter } from "@heatloop/mqtt-discovery/pieces";
import { leave, nothingStands, type StandingDiscovery } from "@heatloop/mqtt-discovery/publish-steps";
import { parseJson } from "../base/json-text.ts";
import type { Memory } from "../base/state-file.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { announcedIn, isPiece, rememberedIn } from "./announced-schema.ts";

/**
 * What stands on the broker of each heat pump, and which installation told it: as the broker remembers it or another
 * Heatloop tells it now, and as this installation remembers what it told itself.
 */
export type StandingAnnouncements = {
  /** Resolves when it is known what this installation told in earlier runs. */
  readonly loaded: Promise<void>;
  isLoaded(): boolean;
  of(device: string): StandingDiscovery;
  /** Whether the broker has told of it in this run; what is only remembered here may be gone there. */
  isOnBroker(device: string): boolean;
  /** The installation that told it; undefined where none did, or an older release. */
  ownerOf(device: string): string | undefined;
  /** Devices that this installation told last. */
  ownDevices(): readonly string[];
  /** Listens to the single messages of a device too. */
  follow(device: string): void;
  /** This installation has told it. */
  keep(device: string, standing: StandingDiscovery): void;
  forget(device: string): void;
  /** Called when another one told something of a device, or took it away. */
  onForeign(work: (device: string) => void): Stop;
  /** Resolves when what was told is remembered. */
  stop(): Promise<void>;
};

type Entry = {
  readonly standing: StandingDiscovery;
  readonly owner: string | undefined;
  readonly onBroker: boolean;
  /** Length of its whole as others published it; 0 where this installation did. */
  readonly wholeBytes: number;
};

const wholes = "homeassistant/device/+/config";
/** What is larger is none of ours. */
const largestBytes = 1_000_000;
/** A hundred heat pumps at one broker, as they are announced; what else is told under such topics is not kept. */
const mostBytes = 10_000_000;

export function startStandingAnnouncements(parts: {
  readonly mqtt: Mqtt;
  readonly own: string;
  readonly memory: Memory;
}): StandingAnnouncements {
  const { mqtt, own, memory } = parts;
  const entries = new Map<string, Entry>();
  const watchers = new Set<(device: string) => void>();
  const stops = new Map<string, Stop>();
  let isLoaded = false;
  let written = Promise.resolve();
  const loaded = memory.read().then((kept) => {
    isLoaded = true;
    for (const [device, standing] of rememberedIn(kept)) {
      if (!entries.has(device)) entries.set(device, { standing, owner: own, onBroker: false, wholeBytes: 0 });
    }
  });

  function remember(): void {
    const kept = [...entries].filter(([, { owner }]) => owner === own);
    written = memory.write(Object.fromEntries(kept.map(([device, { standing }]) => [device, standing])));
  }

  function heldBytes(): number {
    let bytes = 0;
    for (const { standing, wholeBytes } of entries.values()) {
      bytes += wholeBytes;
      for (const [topic, payload] of Object.entries(standing.pieces)) bytes += topic.length + payload.length;
    }
    return bytes;
  }

  function takeWhole(message: MqttMessage): void {
    const device = /^homeassistant\/device\/heatloop_(.+)\/config$/.exec(message.topic)?.[1];
    if (device === undefined) return;
    const word = wordOf(message);
    take(device, message, word, (standing) => {
      if (word.isEnd) return { ...standing, whole: word.text === "" ? null : leave };
      const announced = announcedIn(word.json);
      return announced === undefined ? undefined : { ...standing, whole: announced };
    });
  }

  function takePiece(message: MqttMessage): void {
    const piece = pieceOf(message.topic);
    if (piece === undefined) return;
    const word = wordOf(message);
    const { text } = word;
    take(piece.device, message, word, (standing) => {
      if (!word.isEnd && !isPiece(word.json)) return undefined;
      const { [message.topic]: _before, ...others } = standing.pieces;
      return { ...standing, pieces: text === "" ? others : { ...others, [message.topic]: text } };
    });
  }

  /**
   * The last one who told it is its owner, in the broker's order, which is the same for all. Of its own messages this
   * installation knows better than their echo, unless another one's came between.
   */
  function take(
    device: string,
    message: MqttMessage,
    { isEnd, json }: Word,
    standingAfter: (before: StandingDiscovery) => StandingDiscovery | undefined,
  ): void {
    const before = entries.get(device);
    const teller = isEnd ? before?.owner : installationIn(json ?? {});
    if (!message.retained && teller === own && before?.owner === own) return;
    // What the broker remembers is the truth, but one topic of it must not make the others' be forgotten.
    const known = before === undefined || (!before.onBroker && message.retained) ? nothingStands : before.standing;
    const standing = standingAfter(known);
    if (standing === undefined) return;
    const length = message.topic.length + message.payload.length;
    if (!isEnd && heldBytes() + length > mostBytes) return;
    const wholeBytes = pieceOf(message.topic) === undefined ? length : (before?.wholeBytes ?? 0);
    const stands = standing.whole !== null || Object.keys(standing.pieces).length > 0;
    if (stands) entries.set(device, { standing, owner: teller, onBroker: true, wholeBytes });
    else entries.delete(device);
    if ((before?.owner === own) !== (teller === own)) remember();
    if (teller !== own) for (const work of watchers) work(device);
  }

  stops.set("", mqtt.subscribe(wholes, takeWhole));

  return {
    loaded,
    isLoaded: () => isLoaded,
    of: (device) => entries.get(device)?.standing ?? nothingStands,
    isOnBroker: (device) => entries.get(device)?.onBroker === true,
    ownerOf: (device) => entries.get(device)?.owner,
    ownDevices: () => [...entries].filter(([, { owner }]) => owner === own).map(([device]) => device),
    follow(device) {
      if (!stops.has(device)) stops.set(device, mqtt.subscribe(piecesFilter(device), takePiece));
    },
    keep(device, standing) {
      entries.set(device, { standing, owner: own, onBroker: true, wholeBytes: 0 });
      remember();
    },
    forget(device) {
      stops.get(device)?.();
      stops.delete(device);
      if (entries.delete(device)) remember();
    },
    onForeign(work) {
      watchers.add(work);
      return () => watchers.delete(work);
    },
    async stop() {
      for (const stop of stops.values()) stop();
      await written;
    },
  };
}

/** What a message says; `isEnd`: that something stands no more, or is to be told in the other form. */
type Word = {
  readonly text: string;
  readonly isEnd: boolean;
  /** undefined: it is no JSON object. */
  readonly json: { readonly availability?: unknown; readonly components?: unknown } | undefined;
};

function wordOf({ payload }: MqttMessage): Word {
  const text = payload.length > largestBytes ? "too large" : new TextDecoder().decode(payload);
  const isEnd = text === "" || text === leave;
  const json = isEnd ? undefined : parseJson(text);
  const isObject = json?.ok && typeof json.value === "object" && json.value !== null;
  return { text, isEnd, json: isObject ? (json.value as Word["json"]) : undefined };
}
