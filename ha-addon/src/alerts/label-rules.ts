import type { DeviceRule } from "./alert-rule.ts";
import { afterItsStart } from "./presence-rules.ts";

/** A language that is not known, or labels that the owner changed. */
export const labelRules: readonly DeviceRule[] = [
  {
    id: "unknown_topics",
    severity: "warning",
    timing: afterItsStart,
    find({ name, prefix, firstSeen, missingPoints: points, unknownTopics: topics }) {
      if (firstSeen === null || points.length === 0 || topics.length === 0) return null;
      return { problem: { code: "unknown_topics", name, prefix, points, topics } };
    },
  },
  {
    id: "unknown_texts",
    severity: "warning",
    timing: afterItsStart,
    find({ name, prefix, firstSeen, unknownTexts }) {
      if (firstSeen === null || unknownTexts.length === 0) return null;
      const texts = unknownTexts.map(({ point, text }) => `${point} "${text}"`);
      return { problem: { code: "unknown_texts", name, prefix, texts } };
    },
  },
];
