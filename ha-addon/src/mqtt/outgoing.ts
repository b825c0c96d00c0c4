import type { Clock } from "@heatloop/core/time/clock";
import type { MqttClient } from "mqtt";

/** The messages that were handed to one connection and are not confirmed yet. */
export type Outgoing = {
  /** True once the broker has it (QoS 0: once it is sent); false where it is given up. `bytes`: of the whole packet. */
  send(message: OutgoingMessage): Promise<boolean>;
  /** Gives up what is not confirmed; hands back the bytes of the largest one that the broker had to confirm. */
  giveUp(): number;
};

export type OutgoingMessage = {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  readonly qos: 0 | 1;
  readonly bytes: number;
  /** After this time, in s, the broker need not deliver it any more (MQTT 5, 3.3.2.3.3). */
  readonly lifeS?: number | undefined;
};

/** Chosen: a broker that is slow but well confirms within it; a caller waits no longer. */
const confirmWithinMs = 10_000;

/** The messages of one connection; each is sent or given up, and the caller is notified which. */
export function outgoingMessages(parts: {
  readonly client: MqttClient;
  readonly clock: Clock;
  /** Whether the connection is usable. */
  readonly isAccepted: () => boolean;
  readonly refused: (what: string) => void;
}): Outgoing {
  const { client, clock, isAccepted } = parts;
  /** With the bytes of what the broker has to confirm. */
  const unconfirmed = new Map<(sent: boolean) => void, number>();
  const queue: (() => void)[] = [];
  let inFlight = 0;

  /** The broker may allow few unconfirmed messages at once (MQTT 5, 3.2.2.3.3) and hang up on one more. */
  function sendNext(): void {
    const most = client.serverProperties?.receiveMaximum ?? 65_535;
    while (isAccepted() && inFlight < most) {
      const send = queue.shift();
      if (send === undefined) return;
      send();
    }
  }

  function publish({ topic, payload, retain, qos, lifeS }: OutgoingMessage, settle: (sent: boolean) => void): void {
    if (!unconfirmed.has(settle)) return;
    inFlight += qos;
    const properties = lifeS === undefined ? {} : { messageExpiryInterval: lifeS };
    client.publish(topic, payload, { retain, qos, properties }, (error) => {
      inFlight -= qos;
      if (error && isAccepted()) parts.refused(`publish to ${topic} (${error.message})`);
      settle(!error);
      sendNext();
    });
  }

  return {
    send(message) {
      return new Promise((resolve) => {
        const stopTimer = clock.after(confirmWithinMs, () => settle(false));
        function settle(sent: boolean): void {
          if (!unconfirmed.delete(settle)) return;
          stopTimer();
          resolve(sent);
        }
        unconfirmed.set(settle, message.qos === 0 ? 0 : message.bytes);
        if (message.qos === 0) return publish(message, settle);
        queue.push(() => publish(message, settle));
        sendNext();
      });
    },
    giveUp() {
      const largest = Math.max(0, ...unconfirmed.values());
      for (const settle of unconfirmed.keys()) settle(false);
      return largest;
    },
  };
}
