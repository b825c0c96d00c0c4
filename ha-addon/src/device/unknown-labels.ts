import type { PointId } from "@heatloop/core/catalogue/points";

/** What a heat pump publishes under labels that the catalogue does not have. */
export type UnknownLabels = {
  /** Below its prefix: `sensor/vorlauf`. */
  addTopic(path: string): void;
  /** A text of a point that has other ones. */
  addText(point: PointId, text: string): void;
  topics(): readonly string[];
  texts(): readonly { readonly point: PointId; readonly text: string }[];
};

/** More would not be read by a person. */
const mostKept = 200;
/** Texts that say that nothing is known yet. */
const noTexts: ReadonlySet<string> = new Set(["", "None", "unknown", "nan"]);

export function unknownLabels(): UnknownLabels {
  const topics = new Set<string>();
  const texts = new Map<string, { readonly point: PointId; readonly text: string }>();
  return {
    addTopic(path) {
      if (topics.size < mostKept) topics.add(path);
    },
    addText(point, text) {
      if (!noTexts.has(text) && texts.size < mostKept) texts.set(`${point} ${text}`, { point, text });
    },
    topics: () => [...topics],
    texts: () => [...texts.values()],
  };
}
