import type { Clock } from "@heatloop/core/time/clock";
import type { ChannelSettings } from "../settings/channel-settings.ts";
import type { ChannelQueues } from "./channel-queues.ts";
import { within } from "./channel-runner.ts";
import type { ChannelSend } from "./channel-runners.ts";
import { channelTexts } from "./channel-texts.ts";
import type { Delivery } from "./delivery.ts";
import type { Sender } from "./http-channels.ts";
import { testMessage } from "./message.ts";

/** Sends a test message now, past what waits; who asks again meanwhile gets the same answer. */
export function channelTester(parts: {
  readonly clock: Clock;
  readonly queues: ChannelQueues;
  readonly send: ChannelSend;
  readonly sender: () => Omit<Sender, "at">;
  readonly hasten: (channel: string) => void;
}): (channel: ChannelSettings) => Promise<Delivery> {
  const { clock, queues, send, sender, hasten } = parts;
  const running = new Map<string, Promise<Delivery>>();

  async function test(channel: ChannelSettings): Promise<Delivery> {
    const { installation, language } = sender();
    const message = testMessage(installation, channel.name, channelTexts[language].tested, clock.now());
    const delivery = await within(clock, new AbortController(), (signal) => send(channel, message, signal));
    if (delivery.kind !== "delivered") return delivery;
    await queues.change(channel.name, { ...queues.of(channel.name), deliveredAt: clock.now(), error: null });
    hasten(channel.name);
    return delivery;
  }

  return (channel) => {
    const key = JSON.stringify(channel);
    const going = running.get(key) ?? test(channel).finally(() => running.delete(key));
    running.set(key, going);
    return going;
  };
}
