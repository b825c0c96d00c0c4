import { languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { statesOf, textOf } from "@heatloop/core/catalogue/text-states";
import { commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import type { LabelSetting } from "../settings/labels-settings.ts";

/** A topic with a label of its owner's, and the topic that all else reads instead. */
export type MappedLabel = {
  readonly prefix: string;
  readonly ownState: string;
  readonly ownCommand: string;
  readonly knownState: string;
  /** undefined: the point takes no commands. */
  readonly knownCommand: string | undefined;
  /** The payload of the own state in the words of the known one. */
  readonly read: (payload: string) => string;
  /** The payload of a command in the words of the owner's firmware. */
  readonly write: (payload: string) => string;
};

/**
 * How labels of the settings are read. The known topic is that of the first language in which it is another one than the
 * owner's: texts alone may have been changed.
 */
export function mapLabels(labels: readonly LabelSetting[]): readonly MappedLabel[] {
  return labels.flatMap(({ prefix, topic, point, texts }) => {
    const ownState = `${prefix}/${topic}/state`;
    const language = languages.find((each) => stateTopic(prefix, point, each) !== ownState);
    if (language === undefined) return [];
    const known = knownTexts(point, language);
    const ownTexts = new Map(Object.entries(texts).map(([own, state]) => [known.get(state) ?? "", own]));
    return [
      {
        prefix,
        ownState,
        ownCommand: `${prefix}/${topic}/command`,
        knownState: stateTopic(prefix, point, language),
        knownCommand: commandTopic(prefix, point, language),
        read: (payload) => known.get(texts[payload] ?? "") ?? payload,
        write: (payload) => ownTexts.get(payload) ?? payload,
      },
    ];
  });
}

function knownTexts(point: PointId, language: (typeof languages)[number]): ReadonlyMap<string, string> {
  const { states } = pointOf(point);
  if (states === undefined) return new Map();
  return new Map(statesOf(states).map((state) => [state, textOf(states, state, language) ?? ""]));
}

/** Whether a topic is one that the settings explain, so that it is read under its known topic alone. */
export function mappedTopics(labels: () => readonly LabelSetting[]): (topic: string) => boolean {
  let read: readonly LabelSetting[] = [];
  let topics: ReadonlySet<string> = new Set();
  return (topic) => {
    const now = labels();
    if (now !== read) {
      read = now;
      topics = new Set(mapLabels(now).map(({ ownState }) => ownState));
    }
    return topics.size > 0 && topics.has(topic);
  };
}
