import { connectAsync } from "mqtt";

export type HeardMessage = { readonly topic: string; readonly payload: string; readonly retain: boolean };

/** A listener to everything on a broker. */
export type HeardMessages = {
  /** Everything in its order; `retain` as it was published. */
  readonly all: readonly HeardMessage[];
  /** The last payload of a topic; undefined where it was cleared. */
  last(topic: string): string | undefined;
  /** The topics below a start that are retained now. */
  retained(start: string): readonly string[];
  commands(): readonly HeardMessage[];
  publish(topic: string, payload: string, how?: { readonly retain: boolean }): Promise<void>;
  close(): Promise<void>;
};

export async function hearMessages(brokerUrl: string): Promise<HeardMessages> {
  const all: HeardMessage[] = [];
  const last = new Map<string, HeardMessage>();
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
