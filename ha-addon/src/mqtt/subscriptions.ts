import type { Stop } from "@heatloop/core/time/clock";
import { filterProblem, fits } from "./filter.ts";
import type { MqttMessage } from "./message.ts";

type Taker = { readonly take: (message: MqttMessage) => void; id: number; stopped: boolean };
/** The takers are replaced, never changed, so that a message on its way goes to those that were there. */
type Subscription = { readonly filter: string; takers: readonly Taker[] };

/** Where subscriptions are asked for while there is a connection. */
export type SubscriptionsAtBroker = {
  subscribe(filter: string, id: number): void;
  unsubscribe(filter: string): void;
};

export type Subscriptions = {
  add(filter: string, take: (message: MqttMessage) => void): Stop;
  /** Asks for everything again: a connection begins without any. */
  renew(): void;
  /** Hands a message on; `ids` are the subscription identifiers that the broker sent with it. */
  deliver(message: MqttMessage, ids: number | readonly number[] | undefined): void;
};

/** Topics whose takers are remembered; a heat pump has some 200, and each is far shorter than the bound. */
const rememberedTopics = 20_000;
const longestRemembered = 500;

/**
 * Who wants which messages. Each SUBSCRIBE has an identifier of its own (MQTT 5, 3.8.2.1.2), which comes back with
 * its messages: so one that fits overlapping filters reaches each taker once, and retained ones only the taker that
 * was new. Brokers without identifiers (MQTT 3.1.1): by topic, to every taker whose filter fits.
 */
export function subscriptions(broker: SubscriptionsAtBroker, threw: (error: unknown) => void): Subscriptions {
  const byFilter = new Map<string, Subscription>();
  const byId = new Map<number, Subscription>();
  const byTopic = new Map<string, readonly Taker[]>();
  let lastId = 0;

  function nextId(subscription: Subscription): number {
    lastId += 1;
    byId.set(lastId, subscription);
    return lastId;
  }

  function changed(subscription: Subscription, takers: readonly Taker[]): void {
    subscription.takers = takers;
    byTopic.clear();
  }

  function add(filter: string, take: (message: MqttMessage) => void): Stop {
    const problem = filterProblem(filter);
    if (problem !== undefined) throw new Error(problem);
    const subscription = byFilter.get(filter) ?? { filter, takers: [] };
    byFilter.set(filter, subscription);
    const taker: Taker = { take, id: nextId(subscription), stopped: false };
    changed(subscription, [...subscription.takers, taker]);
    broker.subscribe(filter, taker.id);
    return () => remove(subscription, taker);
  }

  function remove(subscription: Subscription, taker: Taker): void {
    if (taker.stopped) return;
    taker.stopped = true;
    changed(
      subscription,
      subscription.takers.filter((other) => other !== taker),
    );
    if (subscription.takers.length > 0) return;
    byFilter.delete(subscription.filter);
    for (const [id, other] of byId) if (other === subscription) byId.delete(id);
    broker.unsubscribe(subscription.filter);
  }

  function renew(): void {
    byId.clear();
    for (const subscription of byFilter.values()) {
      const id = nextId(subscription);
      for (const taker of subscription.takers) taker.id = id;
      broker.subscribe(subscription.filter, id);
    }
  }

  function takersOf(topic: string): readonly Taker[] {
    const known = byTopic.get(topic);
    if (known !== undefined) return known;
    const takers = [...byFilter.values()].filter(({ filter }) => fits(filter, topic)).flatMap((one) => one.takers);
    if (topic.length > longestRemembered) return takers;
    if (byTopic.size >= rememberedTopics) byTopic.clear();
    byTopic.set(topic, takers);
    return takers;
  }

  function hand(takers: readonly Taker[], message: MqttMessage, onlyId: number | undefined): void {
    for (const taker of takers) {
      if (taker.stopped || (onlyId !== undefined && taker.id !== onlyId)) continue;
      try {
        taker.take(message);
      } catch (error) {
        threw(error);
      }
    }
  }

  function deliver(message: MqttMessage, ids: number | readonly number[] | undefined): void {
    if (ids === undefined) hand(takersOf(message.topic), message, undefined);
    else if (typeof ids === "number") hand(byId.get(ids)?.takers ?? [], message, message.retained ? ids : undefined);
    else for (const id of ids) deliver(message, id);
  }

  return { add, renew, deliver };
}
