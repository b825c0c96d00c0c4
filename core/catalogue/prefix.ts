import { fnv1a } from "../math/fnv1a.ts";
import { refusedInTopics } from "./mqtt-text.ts";

/** A prefix may have this many levels (`/home/cellar/boiler/heatpump` has five, the first one empty); a deeper one is named. */
export const deepestPrefix = 5;
/** At most so many heat pumps are followed without being named. */
export const mostHeatPumps = 50;

/** Longest MQTT topic prefix of a heat pump, in characters: its id is the name of a folder, which may have 255 bytes. */
export const longestPrefix = 200;

/** What the program writes itself beside the heat pumps' folders and topics. */
const reservedIds: ReadonlySet<string> = new Set(["prices", "surplus"]);

/** Why a prefix can't be a heat pump's, or undefined where it can. */
export function prefixProblem(prefix: string): string | undefined {
  if (prefix === "" || /[+#]/.test(prefix) || refusedInTopics.test(prefix)) {
    return "a topic prefix is not empty and has no +, # or control characters";
  }
  if (prefix.length > longestPrefix) return `a topic prefix has at most ${longestPrefix} characters`;
  if (prefix.startsWith("$")) return "a topic prefix that begins with $ is the broker's own";
  if (prefix === "heatloop") return "the topic prefix heatloop is Heatloop's own";
  return undefined;
}

/** Leaves room for what Home Assistant puts around it in ids of at most 255 characters. */
const longestId = 120;

/**
 * The usual id of the device with an MQTT prefix: what Home Assistant, folders and URLs take. Two prefixes may have the
 * same one (`a/b` and `a_b`); `uniqueDeviceId` distinguishes them.
 */
export function deviceId(prefix: string): string {
  const id = prefix.replace(/[^A-Za-z0-9_-]/g, "_");
  return reservedIds.has(id) || id in {} ? `${id}_` : id;
}

/** The id of the device with a prefix: the usual one, or where that is taken or too long one with a mark of the prefix. */
export function uniqueDeviceId(prefix: string, isTaken: (id: string) => boolean): string {
  const usual = deviceId(prefix);
  if (usual.length <= longestId && !isTaken(usual)) return usual;
  for (let turn = 0; ; turn += 1) {
    const id = `${usual.slice(0, longestId - 8)}-${markOf(prefix, turn)}`;
    if (!isTaken(id)) return id;
  }
}

/** Seven characters that follow from a text; others at each turn. */
function markOf(text: string, turn: number): string {
  return (fnv1a(text, 0x811c9dc5 ^ turn) >>> 0).toString(36).padStart(7, "0");
}

/** What a prefix reads as: `home/ecodan-heatpump` is `Ecodan heatpump`. Never empty. */
export function prefixName(prefix: string): string {
  const level = prefix.split("/").findLast((each) => /[\p{L}\p{N}]/u.test(each)) ?? "";
  const words = level.replaceAll(/[-_\s]+/g, " ").trim();
  return words === "" ? "Heat pump" : words.charAt(0).toUpperCase() + words.slice(1);
}
