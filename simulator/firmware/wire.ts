/** How a message is published. */
export type How = { readonly retain: boolean; readonly qos: 0 | 1 };

/** A message that the broker sends when the connection is lost without a goodbye. */
export type LastWill = { readonly topic: string; readonly payload: string };

/** One device's connection to a broker, or to whoever listens in this process. Times in ms since the epoch. */
export type Wire = {
  connected(): boolean;
  /** Sent now or, without a connection, lost. `at` is the time of the simulation. */
  publish(topic: string, payload: string, how: How, at: number): void;
  /** A topic without wildcards; subscribed again at each connection, where retained messages come first. */
  subscribe(topic: string, take: (payload: string) => void): void;
  /** Begins to connect, and goes on trying; `connected` is told each time it succeeds. */
  connect(): void;
  /** Says goodbye: no last will is sent. */
  disconnect(): Promise<void>;
  /** Falls silent, as at a power cut: the broker sends the last will. */
  drop(at: number): void;
};

export type WireParts = {
  readonly clientId: string;
  readonly will: LastWill;
  /** Called at each connection, before anything can be published. */
  readonly onConnected: () => void;
};

export type OpenWire = (parts: WireParts) => Wire;

/** Whoever listens in this process; `retain` as published. */
export type TakeMessage = (topic: string, payload: string, at: number, retain: boolean) => void;

export type DirectWires = {
  readonly open: OpenWire;
  /** Delivers a command as a broker would; nobody may be there to take it. */
  send(topic: string, payload: string): void;
};

/** Wires within this process: connected at once, every publication is handed to `take`. */
export function directWires(take: TakeMessage): DirectWires {
  const subscriptions = new Map<string, Set<(payload: string) => void>>();

  return {
    open({ will, onConnected }) {
      let connected = false;
      const own: [string, (payload: string) => void][] = [];
      const leave = () => {
        connected = false;
        for (const [topic, work] of own) subscriptions.get(topic)?.delete(work);
      };
      const enter = () => {
        connected = true;
        for (const [topic, work] of own) subscribersOf(topic).add(work);
      };
      return {
        connected: () => connected,
        publish(topic, payload, how, at) {
          if (connected) take(topic, payload, at, how.retain);
        },
        subscribe(topic, work) {
          own.push([topic, work]);
          if (connected) subscribersOf(topic).add(work);
        },
        connect() {
          if (connected) return;
          enter();
          onConnected();
        },
        async disconnect() {
          leave();
        },
        drop(at) {
          if (!connected) return;
          leave();
          take(will.topic, will.payload, at, true);
        },
      };
    },
    send(topic, payload) {
      for (const work of [...(subscriptions.get(topic) ?? [])]) work(payload);
    },
  };

  function subscribersOf(topic: string): Set<(payload: string) => void> {
    const known = subscriptions.get(topic) ?? new Set();
    subscriptions.set(topic, known);
    return known;
  }
}
