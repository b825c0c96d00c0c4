import { connectAsync } from "mqtt";
import { onTestFinished } from "vitest";
import { waitFor } from "./wait-for.ts";

export type ReceivedTopic = {
  readonly topic: string;
  readonly payload: string;
  /** As its publisher asked for it. */
  readonly retain: boolean;
  readonly qos: number;
};

/** Another program that subscribes to topics of a broker, for the length of a test. */
export type ReceivedTopics = {
  readonly messages: readonly ReceivedTopic[];
  /** The payloads of one topic, in their order. */
  of(topic: string): string[];
  last(topic: string): string | undefined;
  /** Waits until everything that the broker had before has come. */
  settled(): Promise<void>;
};

export async function receiveTopics(url: string, ...filters: string[]): Promise<ReceivedTopics> {
  const messages: ReceivedTopic[] = [];
  const client = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  const marks = new Set<string>();
  client.on("message", (topic, payload, { retain, qos }) => {
    if (topic.startsWith("received-mark/")) marks.add(topic);
    else messages.push({ topic, payload: `${payload}`, retain, qos });
  });
  await client.subscribeAsync([...filters, "received-mark/#"], { qos: 1, rap: true });
  const of = (topic: string) => messages.filter((message) => message.topic === topic).map(({ payload }) => payload);
  return {
    messages,
    of,
    last: (topic) => of(topic).at(-1),
    async settled() {
      const mark = `received-mark/${Math.random()}`;
      await client.publishAsync(mark, "x", { qos: 1 });
      await waitFor(() => marks.has(mark), "the mark came back");
    },
  };
}

/** What a broker keeps: its retained messages by topic. */
export async function retainedTopics(url: string, filter = "#"): Promise<Map<string, string>> {
  const retained = new Map<string, string>();
  const client = await connectAsync(url, { protocolVersion: 5 });
  try {
    const mark = `mark/${Math.random()}`;
    const done = new Promise<void>((resolve) => {
      client.on("message", (topic, payload, { retain }) => {
        if (topic === mark) resolve();
        else if (retain) retained.set(topic, `${payload}`);
      });
    });
    await client.subscribeAsync([filter, mark]);
    await client.publishAsync(mark, "x", { qos: 1 });
    await done;
  } finally {
    await client.endAsync(true);
  }
  return retained;
}
