/**
 * What devices of other systems publish, by the topics of those systems: `heatpump-monitor` `heatpump/<device>/data`, `site`
 * `<site>/<system>/<device>/data`, `ruuvi` `paku/ruuvi/<name>`.
 */
export const foreignDialects = ["heatpump-monitor", "site", "ruuvi"] as const;
export type ForeignDialect = (typeof foreignDialects)[number];

/** What a topic of another system is about. */
export type ForeignTopic = {
  readonly dialect: ForeignDialect;
  /** The device's part of the topic: `site1`, `van/ruuvi/inside`, `ruuvi/van_inside`. */
  readonly source: string;
  readonly kind: "data" | "status" | "alert";
};

/** The filters of all such topics, as they are without a node in front of them. */
export const foreignFilters = [
  "heatpump/+/data",
  "heatpump/+/status/#",
  "heatpump/+/alerts",
  "+/+/+/data",
  "paku/ruuvi/+",
] as const;

/** The filter of what systems publish under the nodes that they belong to. */
export const nodesForeignFilter = "nodes/+/foreign/#";

/** The longest topic that is read, and the longest beginning of it that names a device, in characters. */
export const longestForeignTopic = 250;
const longestDevice = 100;

/** Under which a system publishes its own topics at a hub. */
export function foreignPrefix(node: string): string {
  return `nodes/${node}/foreign/`;
}

/** Whose topic of another system it is, and that as the system has it; undefined for any other topic. */
export function nodeForeignIn(topic: string): { readonly node: string; readonly topic: string } | undefined {
  const [first, node = "", third, ...rest] = topic.split("/");
  if (first !== "nodes" || third !== "foreign" || node === "" || rest.length === 0) return undefined;
  return { node, topic: rest.join("/") };
}

/** What a topic of another system is about; undefined where it is one of no dialect, or a name in it is none. */
export function foreignTopicIn(topic: string): ForeignTopic | undefined {
  const words = topic.split("/");
  if (topic.length > longestForeignTopic || words.slice(0, 3).join("/").length > longestDevice) return undefined;
  if (!words.every(isName)) return undefined;
  const [first, second = "", third = "", last, ...more] = words;
  if (first === "nodes" || first === "hub") return undefined;
  if (first === "heatpump" && third === "status") {
    return { dialect: "heatpump-monitor", source: second, kind: "status" };
  }
  if (words.length === 3 && first === "heatpump") {
    const kind = third === "data" ? "data" : third === "alerts" ? "alert" : undefined;
    return kind && { dialect: "heatpump-monitor", source: second, kind };
  }
  if (words.length === 3 && first === "paku" && second === "ruuvi") {
    return { dialect: "ruuvi", source: `ruuvi/${third}`, kind: "data" };
  }
  const kind = last === "data" || last === "status" ? last : undefined;
  if (kind === undefined || more.length > 0) return undefined;
  return { dialect: "site", source: `${first}/${second}/${third}`, kind };
}

function isName(word: string): boolean {
  return word !== "" && !/[\p{Cc}\p{Cs}\ufffd]/u.test(word);
}

/** Whether a text is the device's part of a topic of a dialect. */
export function isForeignSource(dialect: ForeignDialect, source: string): boolean {
  return !/[+#]/.test(source) && foreignTopicIn(foreignDataTopic(dialect, source))?.source === source;
}

/** Where a device of a dialect publishes its readings. */
export function foreignDataTopic(dialect: ForeignDialect, source: string): string {
  switch (dialect) {
    case "heatpump-monitor":
      return `heatpump/${source}/data`;
    case "site":
      return `${source}/data`;
    case "ruuvi":
      return `paku/${source}`;
  }
}
