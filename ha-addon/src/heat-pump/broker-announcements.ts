import type { Stop } from "@heatloop/core/time/clock";
import { installationIn } from "@heatloop/mqtt-discovery/discovery";
import { pieceOf, piecesFilter } from "@heatloop/mqtt-discovery/pieces";
import { migrationRequest, nothingPublished, type PublishedDiscovery } from "@heatloop/mqtt-discovery/publish-steps";
import { parseJson } from "@heatloop/program/json-text";
import type { StateFile } from "../base/state-file.ts";
import { callEach } from "../base/watchers.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { announcedIn, isPiece, rememberedIn } from "./announced-schema.ts";

/**
 * What each heat pump's announcement on the broker is, and which installation published it: as the broker remembers it
 * or another Heatloop publishes it now, and as this installation remembers what it published itself.
 */
export type BrokerAnnouncements = {
  /** Resolves when it is known what this installation announced in earlier runs. */
  readonly loaded: Promise<void>;
  isLoaded(): boolean;
  of(device: string): PublishedDiscovery;
  /** Whether the broker has it, as far as this run has seen; what is only remembered here may be gone there. */
  isOnBroker(device: string): boolean;
  /** The installation that announced it; undefined where none did, or an older release. */
  publisherOf(device: string): string | undefined;
  /** Devices whose last announcement is this installation's. */
  ownDevices(): readonly string[];
  /** Follows the single messages of a device too. */
  follow(device: string): void;
  /** This installation has announced it. */
  keep(device: string, published: PublishedDiscovery): void;
  forget(device: string): void;
  /** Called when another one announced a device, or took the announcement away. */
  onForeign(work: (device: string) => void): Stop;
  /** Resolves when what was announced is remembered. */
  stop(): Promise<void>;
};

type Entry = {
  readonly published: PublishedDiscovery;
  readonly publisher: string | undefined;
  readonly onBroker: boolean;
  /** Length of its whole as others published it; 0 where this installation did. */
  readonly wholeBytes: number;
};

/** The announcements by device, and what is shared by those who change them. */
type State = {
  readonly own: string;
  readonly stateFile: StateFile;
  readonly entries: Map<string, Entry>;
  readonly watchers: Set<(device: string) => void>;
  isLoaded: boolean;
  written: Promise<void>;
};

const wholes = "homeassistant/device/+/config";
/** What is larger is none of ours. */
const largestBytes = 1_000_000;
/** A hundred heat pumps at one broker, as they are announced; what else is published under such topics is not kept. */
const mostBytes = 10_000_000;

/** Follows the announcements on the broker, and remembers those of this installation (`own`). */
export function startBrokerAnnouncements(parts: {
  readonly mqtt: Mqtt;
  readonly own: string;
  readonly stateFile: StateFile;
}): BrokerAnnouncements {
  const { mqtt, own, stateFile } = parts;
  const entries = new Map<string, Entry>();
  const watchers = new Set<(device: string) => void>();
  const state: State = { own, stateFile, entries, watchers, isLoaded: false, written: Promise.resolve() };
  const loaded = load(state);
  const stopWholes = mqtt.subscribe(wholes, (message) => takeWhole(state, message));
  const stopPieces = new Map<string, Stop>();

  return {
    loaded,
    isLoaded: () => state.isLoaded,
    of: (device) => entries.get(device)?.published ?? nothingPublished,
    isOnBroker: (device) => entries.get(device)?.onBroker === true,
    publisherOf: (device) => entries.get(device)?.publisher,
    ownDevices: () => [...entries].filter(([, { publisher }]) => publisher === own).map(([device]) => device),
    follow(device) {
      if (stopPieces.has(device)) return;
      stopPieces.set(
        device,
        mqtt.subscribe(piecesFilter(device), (message) => takePiece(state, message)),
      );
    },
    keep(device, published) {
      entries.set(device, { published, publisher: own, onBroker: true, wholeBytes: 0 });
      remember(state);
    },
    forget(device) {
      stopPieces.get(device)?.();
      stopPieces.delete(device);
      if (entries.delete(device)) remember(state);
    },
    onForeign(work) {
      watchers.add(work);
      return () => watchers.delete(work);
    },
    async stop() {
      stopWholes();
      for (const stop of stopPieces.values()) stop();
      await state.written;
    },
  };
}

async function load(state: State): Promise<void> {
  const { entries, own } = state;
  const kept = await state.stateFile.read();
  state.isLoaded = true;
  for (const [device, published] of rememberedIn(kept)) {
    if (!entries.has(device)) entries.set(device, { published, publisher: own, onBroker: false, wholeBytes: 0 });
  }
}

function remember(state: State): void {
  const kept = [...state.entries].filter(([, { publisher }]) => publisher === state.own);
  state.written = state.stateFile.write(Object.fromEntries(kept.map(([device, { published }]) => [device, published])));
}

function takeWhole(state: State, message: MqttMessage): void {
  const device = /^homeassistant\/device\/heatloop_(.+)\/config$/.exec(message.topic)?.[1];
  if (device === undefined) return;
  const content = contentOf(message);
  take(state, { device, message, content }, (published) => {
    if (content.isEnd) return { ...published, whole: content.text === "" ? null : migrationRequest };
    const announced = announcedIn(content.json);
    return announced === undefined ? undefined : { ...published, whole: announced };
  });
}

function takePiece(state: State, message: MqttMessage): void {
  const piece = pieceOf(message.topic);
  if (piece === undefined) return;
  const content = contentOf(message);
  const { text } = content;
  take(state, { device: piece.device, message, content }, (published) => {
    if (!content.isEnd && !isPiece(content.json)) return undefined;
    const { [message.topic]: _before, ...others } = published.pieces;
    return { ...published, pieces: text === "" ? others : { ...others, [message.topic]: text } };
  });
}

/**
 * The last one who published it is its publisher, in the broker's order, which is the same for all. Of its own messages this
 * installation knows better than their echo, unless another one's came between.
 */
function take(
  state: State,
  { device, message, content }: { readonly device: string; readonly message: MqttMessage; readonly content: Content },
  publishedAfter: (before: PublishedDiscovery) => PublishedDiscovery | undefined,
): void {
  const { own, entries } = state;
  const before = entries.get(device);
  const publisher = content.isEnd ? before?.publisher : installationIn(content.json ?? {});
  if (!message.retained && publisher === own && before?.publisher === own) return;
  // What the broker remembers is the truth, but one topic of it must not make the others' be forgotten.
  const known = before === undefined || (!before.onBroker && message.retained) ? nothingPublished : before.published;
  const published = publishedAfter(known);
  if (published === undefined) return;
  const length = message.topic.length + message.payload.length;
  if (!content.isEnd && heldBytes(state) + length > mostBytes) return;
  const wholeBytes = pieceOf(message.topic) === undefined ? length : (before?.wholeBytes ?? 0);
  const isAnnounced = published.whole !== null || Object.keys(published.pieces).length > 0;
  if (isAnnounced) entries.set(device, { published, publisher, onBroker: true, wholeBytes });
  else entries.delete(device);
  if ((before?.publisher === own) !== (publisher === own)) remember(state);
  if (publisher !== own) callEach(state.watchers, device);
}

function heldBytes({ entries }: State): number {
  let bytes = 0;
  for (const { published, wholeBytes } of entries.values()) {
    bytes += wholeBytes;
    for (const [topic, payload] of Object.entries(published.pieces)) bytes += topic.length + payload.length;
  }
  return bytes;
}

/** What a message contains; `isEnd`: it takes an announcement away, or moves it to the other form. */
type Content = {
  readonly text: string;
  readonly isEnd: boolean;
  /** undefined: it is no JSON object. */
  readonly json: { readonly availability?: unknown; readonly components?: unknown } | undefined;
};

function contentOf({ payload }: MqttMessage): Content {
  const text = payload.length > largestBytes ? "too large" : new TextDecoder().decode(payload);
  const isEnd = text === "" || text === migrationRequest;
  const json = isEnd ? undefined : parseJson(text);
  const isObject = json?.ok && typeof json.value === "object" && json.value !== null;
  return { text, isEnd, json: isObject ? (json.value as Content["json"]) : undefined };
}
