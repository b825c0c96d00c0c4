/** Longest MQTT topic prefix of a heat pump, in characters: its id is the name of a folder, which may have 255 bytes. */
export const longestPrefix = 200;

/** What the program writes itself beside the heat pumps' folders and topics. */
const reservedIds: ReadonlySet<string> = new Set(["prices", "surplus"]);

/** Why a prefix can't be a heat pump's, or undefined where it can. */
export function prefixProblem(prefix: string): string | undefined {
  if (prefix === "" || /[+#\0]/.test(prefix)) return "a topic prefix is not empty and has no +, # or NUL";
  if (prefix.length > longestPrefix) return `a topic prefix has at most ${longestPrefix} characters`;
  if (prefix.startsWith("$")) return "a topic prefix that begins with $ is the broker's own";
  if (prefix === "heatloop") return "the topic prefix heatloop is Heatloop's own";
  return undefined;
}

/**
 * The id of the device with an MQTT prefix: what Home Assistant, folders and URLs take. Two prefixes may have the same
 * one (`a/b` and `a_b`).
 */
export function deviceId(prefix: string): string {
  const id = prefix.replace(/[^A-Za-z0-9_-]/g, "_");
  return reservedIds.has(id) ? `${id}_` : id;
}

/** What a prefix reads as: `home/ecodan-heatpump` is `Ecodan heatpump`. Never empty. */
export function prefixName(prefix: string): string {
  const level = prefix.split("/").findLast((each) => /[\p{L}\p{N}]/u.test(each)) ?? "";
  const words = level.replaceAll(/[-_\s]+/g, " ").trim();
  return words === "" ? "Heat pump" : words.charAt(0).toUpperCase() + words.slice(1);
}
