import { type Announced, migrationRequest, type PublishedDiscovery } from "@heatloop/mqtt-discovery/publish-steps";
import { parseJson } from "@heatloop/program/json-text";
import { z } from "zod";

/** What of an entity's discovery is read; Home Assistant knows much more, which is kept as it is. */
const component = z.looseObject({ platform: z.string(), state_topic: z.string().optional() });
const piece = component.partial();
const whole = z.looseObject({ components: z.record(z.string(), z.unknown()) });

/** An announcement as somebody published it, without what is no entity; undefined where it is none. */
export function announcedIn(value: unknown): Announced | undefined {
  const { data } = whole.safeParse(value);
  if (data === undefined) return undefined;
  const components = Object.entries(data.components).filter(([, each]) => component.safeParse(each).success);
  // As it came: whether it is published again depends on the order of its keys too.
  return { ...(value as object), components: Object.fromEntries(components) as Announced["components"] };
}

/** Whether a value is the discovery of a single entity. */
export function isPiece(value: unknown): boolean {
  return piece.safeParse(value).success;
}

const remembered = z.record(z.string(), z.unknown());
const published = z.object({ whole: z.unknown(), pieces: z.record(z.string(), z.string()) });

/** What an earlier run wrote down of its own announcements, by device; what is spoilt is left out. */
export function rememberedIn(kept: unknown): readonly (readonly [device: string, PublishedDiscovery])[] {
  return Object.entries(remembered.safeParse(kept).data ?? {}).flatMap(([device, value]) => {
    const { data } = published.safeParse(value);
    if (data === undefined) return [];
    const pieces = Object.entries(data.pieces).filter(([, text]) => text === migrationRequest || isPieceText(text));
    const whole = data.whole === migrationRequest ? migrationRequest : (announcedIn(data.whole) ?? null);
    return [[device, { whole, pieces: Object.fromEntries(pieces) }] as const];
  });
}

function isPieceText(text: string): boolean {
  const json = parseJson(text);
  return json.ok && isPiece(json.value);
}
