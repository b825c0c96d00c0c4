import { type DiscoveryPayload, discoveryTopic } from "./discovery.ts";
import { type Pieces, pieceOf, piecesOf } from "./pieces.ts";

/** A payload of ours as it is retained by the broker; older versions may have had other components. */
export type Announced = {
  readonly components: Readonly<Record<string, { readonly platform: string }>>;
};

/** What the broker retains of a device: its whole, or a request to leave it, and its pieces. */
export type PublishedDiscovery = {
  readonly whole: Announced | typeof migrationRequest | null;
  readonly pieces: Pieces;
};

export const nothingPublished: PublishedDiscovery = { whole: null, pieces: {} };

/** One message, or one for each entity where the broker accepts no message of that size. */
export type Form = "whole" | "pieces";

/** Messages to publish, retained, and what the broker retains then. */
export type Step = {
  readonly messages: readonly { readonly topic: string; readonly payload: string }[];
  readonly after: PublishedDiscovery;
  /** The announcement has to be published again after this step, though it is retained. */
  readonly republish?: true;
};

/**
 * Makes Home Assistant unload the entities of a topic, but keep their names, settings and history, until they are
 * announced under another topic. Source: Home Assistant, MQTT, "Migration from single component to device-based discovery".
 */
export const migrationRequest = '{"migrate_discovery":true}';

/** What removes a device or an entity, retained like the rest: MQTT forgets the topic. */
export const removal = "";

/**
 * The next step on the way to Home Assistant knowing `next` and nothing else, in the requested form; undefined at the
 * goal. Publish the steps some seconds apart: while Home Assistant still works on a payload it skips parts of the one
 * after. `again` publishes what is retained once more. Wherever it is interrupted, it continues from what the broker retains.
 */
export function nextStep(parts: {
  readonly device: string;
  readonly published: PublishedDiscovery;
  readonly next: DiscoveryPayload;
  readonly form: Form;
  readonly republish: boolean;
}): Step | undefined {
  return parts.form === "whole" ? stepToWhole(parts) : stepToPieces(parts);
}

type Parts = Omit<Parameters<typeof nextStep>[0], "form">;

/**
 * An entity that is merely left out stays for ever: one that went away is first reduced to its platform. Pieces are left
 * and cleared before the whole is published: cleared after it, as the documentation has it, each makes Home Assistant warn.
 */
function stepToWhole({ device, published, next, republish }: Parts): Step | undefined {
  const { whole, pieces } = published;
  const topic = discoveryTopic(device);
  if (Object.values(pieces).some((payload) => payload !== migrationRequest)) {
    const stays = (piece: string) => next.components[pieceOf(piece)?.id ?? ""]?.platform === pieceOf(piece)?.platform;
    const messages = Object.keys(pieces).map((piece) => ({
      topic: piece,
      payload: stays(piece) ? migrationRequest : removal,
    }));
    const stay = messages
      .filter(({ payload }) => payload === migrationRequest)
      .map((message) => [message.topic, migrationRequest]);
    return { messages, after: { whole, pieces: Object.fromEntries(stay) as Pieces } };
  }
  const left = Object.keys(pieces).map((piece) => ({ topic: piece, payload: removal }));
  if (left.length > 0) return { messages: left, after: { whole, pieces: {} } };
  const gone = whole === null || whole === migrationRequest ? {} : goneOf(whole, next);
  if (Object.keys(gone).length > 0) {
    const payload = JSON.stringify({ ...next, components: { ...next.components, ...gone } });
    return { messages: [{ topic, payload }], after: { whole: next, pieces }, republish: true };
  }
  if (republish || whole === null || whole === migrationRequest || !isSame(whole, next)) {
    return { messages: [{ topic, payload: JSON.stringify(next) }], after: { whole: next, pieces } };
  }
  return undefined;
}

/** The other way round: what went away is reduced, the whole is left and cleared, the pieces are published. */
function stepToPieces({ device, published, next, republish }: Parts): Step | undefined {
  const { whole, pieces } = published;
  const topic = discoveryTopic(device);
  if (whole !== null && whole !== migrationRequest) {
    const gone = goneOf(whole, next);
    if (Object.keys(gone).length === 0) {
      return { messages: [{ topic, payload: migrationRequest }], after: { whole: migrationRequest, pieces } };
    }
    const kept = Object.entries(whole.components).filter(([id]) => !Object.hasOwn(gone, id));
    const payload = JSON.stringify({ ...next, components: gone });
    return { messages: [{ topic, payload }], after: { whole: { components: Object.fromEntries(kept) }, pieces } };
  }
  if (whole === migrationRequest) return { messages: [{ topic, payload: removal }], after: { whole: null, pieces } };
  const wanted = piecesOf(device, next);
  const messages = [
    ...Object.keys(pieces)
      .filter((piece) => !Object.hasOwn(wanted, piece))
      .map((piece) => ({ topic: piece, payload: removal })),
    ...Object.entries(wanted)
      .filter(([piece, payload]) => republish || pieces[piece] !== payload)
      .map(([piece, payload]) => ({ topic: piece, payload })),
  ];
  return messages.length === 0 ? undefined : { messages, after: { whole, pieces: wanted } };
}

/** What removes all that is retained of a device. */
export function removalSteps(device: string, { pieces }: PublishedDiscovery): Step["messages"] {
  return [discoveryTopic(device), ...Object.keys(pieces)].map((topic) => ({ topic, payload: removal }));
}

/** The announced entities, in either form. */
export function componentsOf({ whole, pieces }: PublishedDiscovery): Announced["components"] {
  const ofPieces = Object.entries(pieces).flatMap(([topic, payload]) => {
    const piece = pieceOf(topic);
    if (piece === undefined || payload === migrationRequest) return [];
    const { device, origin, availability_mode, qos, availability, ...component } = JSON.parse(payload) as Record<
      string,
      unknown
    >;
    return [[piece.id, { platform: piece.platform, ...component }] as const];
  });
  const ofWhole = whole === null || whole === migrationRequest ? {} : whole.components;
  return { ...ofWhole, ...Object.fromEntries(ofPieces) };
}

function goneOf(whole: Announced, next: DiscoveryPayload): Announced["components"] {
  const gone = Object.entries(whole.components).filter(([id, it]) => next.components[id]?.platform !== it.platform);
  return Object.fromEntries(gone.map(([id, { platform }]) => [id, { platform }]));
}

/** The order of the components is that in which they became known. */
function isSame(a: Announced, b: Announced): boolean {
  return textOf(a) === textOf(b);
}

function textOf(announced: Announced): string {
  const components = Object.entries(announced.components).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ ...announced, components });
}
