import { connect, type MqttClient } from "mqtt";
import type { SeenCommand } from "./laws.ts";

/** Another program at the broker that sees what the program publishes; it comes back by itself. */
export type Observer = {
  readonly commands: readonly SeenCommand[];
  /** Whether the broker has the program as online. */
  isOnline(): boolean;
  /** Whether messages come when they are sent, from now on. */
  setTimely(timely: boolean): void;
  publish(topic: string, payload: string | Buffer, retain?: boolean): void;
  close(): Promise<void>;
};

/** Begins to watch the heat pump with `prefix`; `now` is the time of the house. */
export function startObserver(parts: {
  readonly brokerUrl: string;
  readonly prefix: string;
  readonly now: () => number;
}): Observer {
  const { brokerUrl, prefix, now } = parts;
  let isTimely = true;
  const commands: SeenCommand[] = [];
  /** By topic: others may have some too. */
  const statuses = new Map<string, string>();
  const client: MqttClient = connect(brokerUrl, {
    protocolVersion: 5,
    reconnectPeriod: 200,
    connectTimeout: 3_000,
    queueQoSZero: false,
  });
  client.on("connect", () => {
    statuses.clear();
    client.subscribe([`${prefix}/+/+/command`, "heatloop/+/status"], { qos: 1, rap: true });
  });
  client.on("message", (topic, bytes, { retain }) => {
    const payload = bytes.toString();
    if (topic.startsWith("heatloop/")) statuses.set(topic, payload);
    else commands.push({ at: now(), topic, payload, retained: retain, isTimely });
  });
  client.on("error", () => {});
  return {
    commands,
    isOnline: () => [...statuses.values()].includes("online"),
    setTimely(timely) {
      isTimely = timely;
    },
    publish: (topic, payload, retain = false) => void client.publish(topic, payload, { retain }),
    close: () => client.endAsync(true),
  };
}
