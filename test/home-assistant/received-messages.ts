import { connectAsync } from "mqtt";

export type ReceivedMessage = { readonly topic: string; readonly payload: string; readonly retain: boolean };

/** A listener to everything on a broker. */
export type ReceivedMessages = {
  /** Everything in its order; `retain` as it was published. */
  readonly all: readonly ReceivedMessage[];
  /** The last payload of a topic; undefined where it was cleared. */
  last(topic: string): string | undefined;
  /** The topics below a start that are retained now. */
  retained(start: string): readonly string[];
  commands(): readonly ReceivedMessage[];
  publish(topic: string, payload: string, how?: { readonly retain: boolean }): Promise<void>;
  close(): Promise<void>;
};

export async function receiveMessages(brokerUrl: string): Promise<ReceivedMessages> {
  const all: ReceivedMessage[] = [];
  const last = new Map<string, ReceivedMessage>();
  const client = await connectAsync(brokerUrl, { protocolVersion: 5, reconnectPeriod: 200 });
  client.on("error", () => {});
  client.on("message", (topic, bytes, { retain }) => {
    const message = { topic, payload: bytes.toString(), retain };
    all.push(message);
    if (message.payload === "") last.delete(topic);
    else last.set(topic, message);
  });
  await client.subscribeAsync("#", { qos: 1, rap: true });
  return {
    all,
    last: (topic) => last.get(topic)?.payload,
    retained: (start) =>
      [...last.values()].filter(({ topic, retain }) => retain && topic.startsWith(start)).map(({ topic }) => topic),
    commands: () => all.filter(({ topic }) => topic.endsWith("/command")),
    async publish(topic, payload, { retain } = { retain: false }) {
      await client.publishAsync(topic, payload, { qos: 1, retain });
    },
    close: () => client.endAsync(),
  };
}
