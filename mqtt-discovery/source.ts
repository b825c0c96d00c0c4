import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";

/** Where a heat pump is on MQTT, and in which of the firmware's languages it publishes. */
export type EntitySource = { readonly device: string; readonly prefix: string; readonly language: Language };

export function stateTopicOf(point: PointId, { prefix, language }: EntitySource): string {
  return stateTopic(prefix, point, language);
}

/** Where a point takes commands; throws for one that takes none. */
export function commandTopicOf(point: PointId, { prefix, language }: EntitySource): string {
  const topic = commandTopic(prefix, point, language);
  if (topic === undefined) throw new Error(`the point ${point} takes no commands`);
  return topic;
}
