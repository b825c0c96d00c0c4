import { refusedInTopics } from "@heatloop/core/catalogue/mqtt-text";

/**
 * Why a text is no topic filter that can be subscribed (MQTT 5, 4.7), or undefined where it is one. `+` and `#` stand
 * for whole levels, `#` for the last one only.
 */
export function filterProblem(filter: string): string | undefined {
  if (filter === "") return "a topic filter cannot be empty";
  if (refusedInTopics.test(filter)) return "a topic filter cannot hold control characters";
  const levels = filter.split("/");
  for (const [index, level] of levels.entries()) {
    if (level.includes("+") && level !== "+") return `in the topic filter ${filter}, + must stand for a whole level`;
    if (level.includes("#") && (level !== "#" || index !== levels.length - 1)) {
      return `in the topic filter ${filter}, # must be the last level`;
    }
  }
  return undefined;
}

/** Why nothing can be published to a topic, or undefined where it can. */
export function topicProblem(topic: string): string | undefined {
  if (topic === "") return "a topic cannot be empty";
  if (/[+#]/.test(topic)) return `nothing can be published to ${topic}: a topic has no wildcards`;
  if (refusedInTopics.test(topic)) return "nothing can be published to a topic with control characters";
  return undefined;
}

/** Whether a topic fits a filter; wildcards at the start leave out topics that begin with `$` (MQTT 5, 4.7.2). */
export function fits(filter: string, topic: string): boolean {
  if (topic.startsWith("$") && !filter.startsWith("$")) return false;
  const wanted = filter.split("/");
  const levels = topic.split("/");
  for (const [index, level] of wanted.entries()) {
    if (level === "#") return true;
    if (level !== "+" ? level !== levels[index] : index >= levels.length) return false;
  }
  return wanted.length === levels.length;
}
