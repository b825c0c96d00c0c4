import type { Stop } from "@heatloop/core/time/clock";
import { installationIn } from "@heatloop/mqtt-discovery/discovery";
import { pieceOf, piecesFilter } from "@heatloop/mqtt-discovery/pieces";
import { leave, nothingPublished, type PublishedDiscovery } from "@heatloop/mqtt-discovery/publish-steps";
import { parseJson } from "../base/json-text.ts";
import type { StateFile } from "../base/state-file.ts";
import { callEach } from "../base/watchers.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { announcedIn, isPiece, rememberedIn } from "./announced-schema.ts";

/**
 * What each heat pump's announcement on the broker is, and which installation published it: as the broker remembers it
 * or another Heatloop publishes it now, and as this installation remembers what it published itself.
 */
export type StandingAnnouncements = {
  /** Resolves when it is known what this installation announced in earlier runs. */
  readonly loaded: Promise<void>;
  isLoaded(): boolean;
  of(device: string): PublishedDiscovery;
  /** Whether the broker has it, as far as this run has seen; what is only remembered here may be gone there. */
  isOnBroker(device: string): boolean;
  /** The installation that announced it; undefined where none did, or an older release. */
  ownerOf(device: string): string | undefined;
  /** Devices whose last announcement is this installation's. */
  ownDevices(): readonly string[];
  /** Follows the single messages of a device too. */
  follow(device: string): void;
  /** This installation has announced it. */
  keep(device: string, standing: PublishedDiscovery): void;
  forget(device: string): void;
  /** Called when another one announced a device, or took the announcement away. */
  onForeign(work: (device: string) => void): Stop;
  /** Resolves when what was announced is remembered. */
  stop(): Promise<void>;
};

type Entry = {
  readonly standing: PublishedDiscovery;
  readonly owner: string | undefined;
  readonly onBroker: boolean;
  /** Length of its whole as others published it; 0 where this installation did. */
  readonly wholeBytes: number;
};

/** The announcements by device, and what is shared by those who change them. */
type State = {
  readonly own: string;
  readonly memory: StateFile;
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

export function startStandingAnnouncements(parts: {
  readonly mqtt: Mqtt;
  readonly own: string;
  readonly memory: StateFile;
}): StandingAnnouncements {
  const { mqtt, own, memory } = parts;
  const entries = new Map<string, Entry>();
  const watchers = new Set<(device: string) => void>();
  const state: State = { own, memory, entries, watchers, isLoaded: false, written: Promise.resolve() };
  const loaded = load(state);
  const stopWholes = mqtt.subscribe(wholes, (message) => takeWhole(state, message));
  const stopPieces = new Map<string, Stop>();

  return {
    loaded,
    isLoaded: () => state.isLoaded,
    of: (device) => entries.get(device)?.standing ?? nothingPublished,
    isOnBroker: (device) => entries.get(device)?.onBroker === true,
    ownerOf: (device) => entries.get(device)?.owner,
    ownDevices: () => [...entries].filter(([, { owner }]) => owner === own).map(([device]) => device),
    follow(device) {
      if (stopPieces.has(device)) return;
      stopPieces.set(
        device,
        mqtt.subscribe(piecesFilter(device), (message) => takePiece(state, message)),
      );
    },
    keep(device, standing) {
      entries.set(device, { standing, owner: own, onBroker: true, wholeBytes: 0 });
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
  const kept = await state.memory.read();
  state.isLoaded = true;
  for (const [device, standing] of rememberedIn(kept)) {
    if (!entries.has(device)) entries.set(device, { standing, owner: own, onBroker: false, wholeBytes: 0 });
  }
}

function remember(state: State): void {
  const kept = [...state.entries].filter(([, { owner }]) => owner === state.own);
  state.written = state.memory.write(Object.fromEntries(kept.map(([device, { standing }]) => [device, standing])));
}

function takeWhole(state: State, message: MqttMessage): void {
  const device = /^homeassistant\/device\/heatloop_(.+)\/config$/.exec(message.topic)?.[1];
  if (device === undefined) return;
  const content = contentOf(message);
  take(state, { device, message, content }, (standing) => {
    if (content.isEnd) return { ...standing, whole: content.text === "" ? null : leave };
    const announced = announcedIn(content.json);
    return announced === undefined ? undefined : { ...standing, whole: announced };
  });
}

function takePiece(state: State, message: MqttMessage): void {
  const piece = pieceOf(message.topic);
  if (piece === undefined) return;
  const content = contentOf(message);
  const { text } = content;
  take(state, { device: piece.device, message, content }, (standing) => {
    if (!content.isEnd && !isPiece(content.json)) return undefined;
    const { [message.topic]: _before, ...others } = standing.pieces;
    return { ...standing, pieces: text === "" ? others : { ...others, [message.topic]: text } };
  });
}

/**
 * The last one who published it is its owner, in the broker's order, which is the same for all. Of its own messages this
 * installation knows better than their echo, unless another one's came between.
 */
function take(
  state: State,
  { device, message, content }: { readonly device: string; readonly message: MqttMessage; readonly content: Content },
  standingAfter: (before: PublishedDiscovery) => PublishedDiscovery | undefined,
): void {
  const { own, entries } = state;
  const before = entries.get(device);
  const publisher = content.isEnd ? before?.owner : installationIn(content.json ?? {});
  if (!message.retained && publisher === own && before?.owner === own) return;
  // What the broker remembers is the truth, but one topic of it must not make the others' be forgotten.
  const known = before === undefined || (!before.onBroker && message.retained) ? nothingPublished : before.standing;
  const standing = standingAfter(known);
  if (standing === undefined) return;
  const length = message.topic.length + message.payload.length;
  if (!content.isEnd && heldBytes(state) + length > mostBytes) return;
  const wholeBytes = pieceOf(message.topic) === undefined ? length : (before?.wholeBytes ?? 0);
  const isAnnounced = standing.whole !== null || Object.keys(standing.pieces).length > 0;
  if (isAnnounced) entries.set(device, { standing, owner: publisher, onBroker: true, wholeBytes });
  else entries.delete(device);
  if ((before?.owner === own) !== (publisher === own)) remember(state);
  if (publisher !== own) callEach(state.watchers, device);
}

function heldBytes({ entries }: State): number {
  let bytes = 0;
  for (const { standing, wholeBytes } of entries.values()) {
    bytes += wholeBytes;
    for (const [topic, payload] of Object.entries(standing.pieces)) bytes += topic.length + payload.length;
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
  const isEnd = text === "" || text === leave;
  const json = isEnd ? undefined : parseJson(text);
  const isObject = json?.ok && typeof json.value === "object" && json.value !== null;
  return { text, isEnd, json: isObject ? (json.value as Content["json"]) : undefined };
}
