/** What a node publishes under `nodes/<node>/`. */
const upKinds = ["status", "telemetry", "events", "logs", "config"] as const;
/** What the hub publishes there. */
const downKinds = ["commands"] as const;

/** The last word of a topic of one node. */
export type NodeTopicKind = (typeof upKinds)[number] | (typeof downKinds)[number];

/** The topics that a node writes, and those that it reads besides `broadcastTopic`. */
export const nodeWrites: readonly NodeTopicKind[] = upKinds;
export const nodeReads: readonly NodeTopicKind[] = downKinds;

/** What the hub tells all nodes. */
export const broadcastTopic = "hub/broadcast";

/** The topic of a node; with `+` as the node, the filter for those of all. */
export function nodeTopic(node: string, kind: NodeTopicKind): string {
  return `nodes/${node}/${kind}`;
}

/** Whose topic it is, and which; undefined for any other. */
export function nodeTopicIn(topic: string): { readonly node: string; readonly kind: NodeTopicKind } | undefined {
  const [first, node = "", last, ...more] = topic.split("/");
  const kind = [...upKinds, ...downKinds].find((each) => each === last);
  if (first !== "nodes" || node === "" || kind === undefined || more.length > 0) return undefined;
  return { node, kind };
}

/** What stands in a node's status topic, retained, once its connection is lost or closed. */
export const goneStatus = JSON.stringify({ online: false });
