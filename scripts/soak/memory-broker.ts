import type { AppParts } from "@heatloop/ha-addon/app/app-parts";
import { fits } from "@heatloop/ha-addon/mqtt/filter";
import { noLimits } from "@heatloop/ha-addon/mqtt/limits";
import type { MqttMessage } from "@heatloop/ha-addon/mqtt/message";

type Subscription = { readonly filter: string; readonly take: (message: MqttMessage) => void };

/** A broker in the process: years of messages by a socket would take days. */
export type MemoryBroker = {
  /** As the program uses it. */
  readonly mqtt: AppParts["mqtt"];
  /** Publishes as another program does. */
  publish(topic: string, payload: string, retain?: boolean): void;
  /** Called with what the program publishes. */
  onPublished(take: (topic: string, payload: string) => void): void;
};

/** Delivers each message at once, and keeps retained ones for later subscriptions. */
export function memoryBroker(startAt: number): MemoryBroker {
  const subscriptions = new Set<Subscription>();
  const retained = new Map<string, Uint8Array>();
  let published: (topic: string, payload: string) => void = () => undefined;

  function deliver(topic: string, text: string, retain: boolean): void {
    const payload = Buffer.from(text);
    if (retain && text === "") retained.delete(topic);
    else if (retain) retained.set(topic, payload);
    for (const { filter, take } of [...subscriptions])
      if (fits(filter, topic)) take({ topic, payload, retained: false });
  }

  return {
    mqtt: {
      connected: () => true,
      limits: () => noLimits,
      status: () => ({
        connected: true,
        since: startAt,
        broker: "mqtt://in-the-process",
        lastError: null,
        tooLarge: null,
      }),
      place: () => undefined,
      async publish(topic, payload, { retain }) {
        deliver(topic, payload, retain);
        published(topic, payload);
        return true;
      },
      subscribe(filter, take) {
        const subscription = { filter, take };
        subscriptions.add(subscription);
        for (const [topic, payload] of [...retained]) if (fits(filter, topic)) take({ topic, payload, retained: true });
        return () => subscriptions.delete(subscription);
      },
      onConnected(work) {
        work();
        return () => undefined;
      },
      close: async () => undefined,
    },
    publish: (topic, payload, retain = false) => deliver(topic, payload, retain),
    onPublished(take) {
      published = take;
    },
  };
}
