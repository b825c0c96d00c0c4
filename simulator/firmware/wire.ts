/** Retain flag and quality of service of a message. */
export type PublishOptions = { readonly retain: boolean; readonly qos: 0 | 1 };

/** A message that the broker sends when the connection ends without a DISCONNECT. */
type LastWill = { readonly topic: string; readonly payload: string };

/** One device's connection to a broker, or to a subscriber in this process. Times in ms since the epoch. */
export type Wire = {
  connected(): boolean;
  /** Sent now or, without a connection, lost. `at` is the time of the simulation. */
  publish(topic: string, payload: string, how: PublishOptions, at: number): void;
  /** A topic without wildcards; subscribed again at each connection, where retained messages come first. */
  subscribe(topic: string, receive: (payload: string) => void): void;
  /** Begins to connect, and retries; `onConnected` is called each time it succeeds. */
  connect(): void;
  /** Disconnects cleanly: no last will is sent. */
  disconnect(): Promise<void>;
  /** Breaks the connection, as a power cut does: the broker sends the last will. */
  drop(at: number): void;
};

/** What a device needs of its wire. */
export type WireParts = {
  readonly clientId: string;
  readonly will: LastWill | undefined;
  /** Called at each connection, before anything can be published. */
  readonly onConnected: () => void;
};

/** Opens a wire; it does not connect yet. */
export type OpenWire = (parts: WireParts) => Wire;

/** A subscriber in this process; `retain` as published. */
type OnMessage = (topic: string, payload: string, at: number, retain: boolean) => void;

/** Wires within this process, and a way to send commands to their devices. */
type DirectWires = {
  readonly open: OpenWire;
  /** Delivers a command as a broker would, to nobody where none has subscribed. */
  send(topic: string, payload: string): void;
};

/** Wires within this process: connected at once, every publication is handed to `onMessage`. */
export function directWires(onMessage: OnMessage): DirectWires {
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
          if (connected) onMessage(topic, payload, at, how.retain);
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
          if (will !== undefined) onMessage(will.topic, will.payload, at, true);
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
