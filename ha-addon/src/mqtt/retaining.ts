import type { Mqtt } from "./mqtt.ts";

/** What a program retains at the broker, and that it can stop doing so. */
export type Retaining<M extends Mqtt> = {
  /** The same broker; what is published there is counted here. */
  readonly mqtt: M;
  /** The topics on which this run has retained something. */
  topics(): readonly string[];
  /** From now on nothing is sent that would be retained; what clears a topic still is. */
  end(): void;
};

/** Watches what is retained through `mqtt`. */
export function retainingOf<M extends Mqtt>(mqtt: M): Retaining<M> {
  const topics = new Set<string>();
  let isOver = false;
  return {
    mqtt: {
      ...mqtt,
      async publish(topic: string, payload: string, how: Parameters<Mqtt["publish"]>[2]) {
        if (how.retain && payload !== "") {
          if (isOver) return false;
          topics.add(topic);
        }
        return mqtt.publish(topic, payload, how);
      },
    },
    topics: () => [...topics],
    end() {
      isOver = true;
    },
  };
}
