import { translations } from "./firmware-names.ts";
import { type Language, languages } from "./languages.ts";
import type { ClimatePart, Component } from "./point.ts";
import { type PointId, pointIds, pointOf } from "./points.ts";

/** What a topic of the heat pump is about. */
export type Topic =
  | { readonly kind: "point"; readonly prefix: string; readonly point: PointId }
  | { readonly kind: "availability"; readonly prefix: string };

const utf8 = new TextEncoder();

/**
 * ESPHome's object id of a name, per UTF-8 byte: a space becomes `_`, A-Z lower case, anything outside
 * [a-z0-9_-] `_` (so `ü` gives `__`). This is not Home Assistant's slug.
 */
export function objectId(name: string): string {
  return name
    .replaceAll(/[^\p{ASCII}]/gu, (char) => "_".repeat(utf8.encode(char).length))
    .replaceAll(/[^A-Za-z0-9_-]/g, "_")
    .toLowerCase();
}

/** The firmware's name of a point in a language; English where the firmware has no translation of it. */
export function nameOf(point: PointId, language: Language): string {
  const entity = point.replace(/_climate_(current|mode|action)$/, "_climate_target") as PointId;
  if (language === "en") return pointOf(point).name;
  return (
    translations[entity]?.[languages.indexOf(language) - 1] ?? pointOf(entity).names?.[language] ?? pointOf(point).name
  );
}

function path(component: Component, name: string, part: ClimatePart | undefined): string {
  return `${component}/${objectId(name)}${part === undefined ? "" : `/${part}`}`;
}

let pointByPath: ReadonlyMap<string, PointId> | undefined;

function pointAt(text: string): PointId | undefined {
  pointByPath ??= new Map(pointIds.flatMap(pathsOf));
  return pointByPath.get(text);
}

function pathsOf(id: PointId): [string, PointId][] {
  const { component, part } = pointOf(id);
  return languages.map((language) => [path(component, nameOf(id, language), part), id]);
}

/** A heat pump has some 200 topics, and each comes again every few seconds. */
const rememberedTopics = 5_000;
/** No heat pump has longer ones; what is remembered must not grow with what strangers publish. */
const longestRemembered = 300;
const remembered = new Map<string, Topic>();
/** Whoever takes a message reads its topic, so the same one is asked for several times in a row. */
let lastTopic: string | undefined;
let lastRead: Topic | undefined;

/** Prefix and point of a topic, or undefined where it is not one of the firmware's (any language). */
export function readTopic(topic: string): Topic | undefined {
  if (topic === lastTopic) return lastRead;
  const known = remembered.get(topic);
  if (known !== undefined) {
    lastTopic = topic;
    lastRead = known;
    return known;
  }
  const read = topicFrom(topic);
  if (read === undefined) return undefined;
  if (topic.length > longestRemembered) return read;
  if (remembered.size >= rememberedTopics) remembered.clear();
  remembered.set(topic, read);
  return read;
}

function topicFrom(topic: string): Topic | undefined {
  if (topic.endsWith("/state")) {
    const end = topic.length - 6;
    const last = topic.lastIndexOf("/", end - 1);
    const before = topic.lastIndexOf("/", last - 1);
    if (before <= 0) return undefined;
    const point = pointAt(topic.slice(before + 1, end));
    if (point !== undefined) return { kind: "point", prefix: topic.slice(0, before), point };
    const climate = topic.lastIndexOf("/", before - 1);
    if (climate <= 0) return undefined;
    const part = pointAt(topic.slice(climate + 1, end));
    return part && { kind: "point", prefix: topic.slice(0, climate), point: part };
  }
  if (!topic.endsWith("/status") || topic.length <= 7) return undefined;
  return { kind: "availability", prefix: topic.slice(0, -7) };
}

/** The languages in which a topic of the firmware may be written; empty where it is not one of them. */
export function languagesOf(topic: string): readonly Language[] {
  const read = readTopic(topic);
  if (read?.kind !== "point") return [];
  return languages.filter((language) => stateTopic(read.prefix, read.point, language) === topic);
}

/** Where the firmware publishes a point. */
export function stateTopic(prefix: string, point: PointId, language: Language): string {
  const { component, part } = pointOf(point);
  return `${prefix}/${path(component, nameOf(point, language), part)}/state`;
}

/** Where the firmware takes a command for a point, or undefined where it takes none. */
export function commandTopic(prefix: string, point: PointId, language: Language): string | undefined {
  if (!takesCommands(point)) return undefined;
  const { component, part } = pointOf(point);
  return `${prefix}/${path(component, nameOf(point, language), part)}/command`;
}

/** Whether the firmware acts on commands for a point; a climate's mode is accepted but ignored by it. */
export function takesCommands(point: PointId): boolean {
  const { component, part } = pointOf(point);
  if (component === "climate") return part === "target_temperature";
  return component !== "sensor" && component !== "binary_sensor";
}

/** The topic on which the firmware publishes `online` and, as its last will, `offline`. */
export function availabilityTopic(prefix: string): string {
  return `${prefix}/status`;
}
