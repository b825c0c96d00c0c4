import type { Stop } from "@heatloop/core/time/clock";
import { filterProblem, fits } from "./filter.ts";
import type { MqttMessage } from "./message.ts";

type Taker = { readonly take: (message: MqttMessage) => void; id: number; stopped: boolean };
/** The takers are replaced, never changed, so that a message on its way goes to those that were there. */
type Subscription = { readonly filter: string; takers: readonly Taker[] };

/** Where subscriptions are made while there is a connection. */
export type SubscriptionsAtBroker = {
  subscribe(filter: string, id: number): void;
  unsubscribe(filter: string): void;
};

export type Subscriptions = {
  add(filter: string, take: (message: MqttMessage) => void): Stop;
  /** Subscribes to everything again: a connection begins without any. */
  renew(): void;
  /** Hands a message on; `ids` are the subscription identifiers that the broker sent with it. */
  deliver(message: MqttMessage, ids: number | readonly number[] | undefined): void;
};

/** Topics whose takers are remembered; a heat pump has some 200, and each is far shorter than the bound. */
const rememberedTopics = 20_000;
const longestRemembered = 500;

/** `byTopic`: remembered answers, valid until a subscription comes or goes. */
type Registry = {
  readonly broker: SubscriptionsAtBroker;
  readonly threw: (error: unknown) => void;
  readonly byFilter: Map<string, Subscription>;
  readonly byId: Map<number, Subscription>;
  readonly byTopic: Map<string, readonly Taker[]>;
  lastId: number;
};

/**
 * Who wants which messages. Each SUBSCRIBE has an identifier of its own (MQTT 5, 3.8.2.1.2), which comes back with
 * its messages: so one that fits overlapping filters reaches each taker once, and retained ones only the taker that
 * was new. Brokers without identifiers (MQTT 3.1.1): by topic, to every taker whose filter fits.
 */
export function subscriptions(broker: SubscriptionsAtBroker, threw: (error: unknown) => void): Subscriptions {
  const registry: Registry = { broker, threw, byFilter: new Map(), byId: new Map(), byTopic: new Map(), lastId: 0 };
  return {
    add: (filter, take) => add(registry, filter, take),
    renew: () => renew(registry),
    deliver: (message, ids) => deliver(registry, message, ids),
  };
}

function add(registry: Registry, filter: string, take: (message: MqttMessage) => void): Stop {
  const problem = filterProblem(filter);
  if (problem !== undefined) throw new Error(problem);
  const { byFilter } = registry;
  const subscription = byFilter.get(filter) ?? { filter, takers: [] };
  byFilter.set(filter, subscription);
  const taker: Taker = { take, id: nextId(registry, subscription), stopped: false };
  changeTakers(registry, subscription, [...subscription.takers, taker]);
  registry.broker.subscribe(filter, taker.id);
  return () => remove(registry, subscription, taker);
}

function remove(registry: Registry, subscription: Subscription, taker: Taker): void {
  if (taker.stopped) return;
  taker.stopped = true;
  const left = subscription.takers.filter((other) => other !== taker);
  changeTakers(registry, subscription, left);
  if (left.length > 0) return;
  registry.byFilter.delete(subscription.filter);
  for (const [id, other] of registry.byId) if (other === subscription) registry.byId.delete(id);
  registry.broker.unsubscribe(subscription.filter);
}

function renew(registry: Registry): void {
  registry.byId.clear();
  for (const subscription of registry.byFilter.values()) {
    const id = nextId(registry, subscription);
    for (const taker of subscription.takers) taker.id = id;
    registry.broker.subscribe(subscription.filter, id);
  }
}

function nextId(registry: Registry, subscription: Subscription): number {
  registry.lastId += 1;
  registry.byId.set(registry.lastId, subscription);
  return registry.lastId;
}

function changeTakers(registry: Registry, subscription: Subscription, takers: readonly Taker[]): void {
  subscription.takers = takers;
  registry.byTopic.clear();
}

function takersOf({ byTopic, byFilter }: Registry, topic: string): readonly Taker[] {
  const known = byTopic.get(topic);
  if (known !== undefined) return known;
  const takers = [...byFilter.values()].filter(({ filter }) => fits(filter, topic)).flatMap((one) => one.takers);
  if (topic.length > longestRemembered) return takers;
  if (byTopic.size >= rememberedTopics) byTopic.clear();
  byTopic.set(topic, takers);
  return takers;
}

function deliver(registry: Registry, message: MqttMessage, ids: number | readonly number[] | undefined): void {
  if (ids === undefined) handTo(registry, takersOf(registry, message.topic), message, undefined);
  else if (typeof ids === "number") {
    handTo(registry, registry.byId.get(ids)?.takers ?? [], message, message.retained ? ids : undefined);
  } else for (const id of ids) deliver(registry, message, id);
}

function handTo({ threw }: Registry, takers: readonly Taker[], message: MqttMessage, onlyId: number | undefined): void {
  for (const taker of takers) {
    if (taker.stopped || (onlyId !== undefined && taker.id !== onlyId)) continue;
    try {
      taker.take(message);
    } catch (error) {
      threw(error);
    }
  }
}
