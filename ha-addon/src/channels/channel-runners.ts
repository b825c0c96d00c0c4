import type { Clock } from "@heatloop/core/time/clock";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { AlertNews } from "../alerts/alert-news.ts";
import type { ChannelSettings } from "../settings/channel-settings.ts";
import type { ChannelQueues } from "./channel-queues.ts";
import { type ChannelRunner, startChannelRunner } from "./channel-runner.ts";
import { type Delivery, refused } from "./delivery.ts";
import { type ChannelMessage, messageOf } from "./message.ts";
import { waitingCount } from "./outbox.ts";

/** Sends a message by a channel, once. */
export type ChannelSend = (channel: ChannelSettings, message: ChannelMessage, signal: AbortSignal) => Promise<Delivery>;

/** The runner of each channel. */
export type ChannelRunners = {
  /** Starts those of new channels, ends those of channels that are gone; what is in the way of others may be mended. */
  follow(): void;
  /** Hands news to each channel that wants it. */
  tell(news: AlertNews, installation: string): void;
  hasten(channel: string): void;
  stop(): Promise<void>;
};

const severities = ["info", "warning", "error"] as const;

export function channelRunners(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly queues: ChannelQueues;
  /** Those of the settings. */
  readonly channels: () => readonly ChannelSettings[];
  readonly send: ChannelSend;
}): ChannelRunners {
  const { log, queues, channels, send } = parts;
  const clock = backgroundClock(parts.clock, log, "alerts by channels");
  const runners = new Map<string, ChannelRunner>();

  function start(name: string): ChannelRunner {
    return startChannelRunner({
      ...{ channel: name, clock, log },
      queue: () => queues.of(name),
      change: (queue) => queues.change(name, queue),
      async send(message, signal) {
        const channel = channels().find((each) => each.name === name);
        return channel === undefined ? refused("the channel is gone") : send(channel, message, signal);
      },
    });
  }

  return {
    follow() {
      const names = new Set(channels().map(({ name }) => name));
      for (const [name, runner] of runners) {
        if (names.has(name)) continue;
        runners.delete(name);
        runner.abandon();
      }
      for (const { name, on } of channels()) {
        if (!on) dropWaiting(queues, name, log);
        const runner = runners.get(name);
        if (runner === undefined) runners.set(name, start(name));
        else runner.hasten();
      }
    },
    tell(news, installation) {
      for (const channel of channels()) {
        if (!channel.on || severities.indexOf(news.severity) < severities.indexOf(channel.severity)) continue;
        const isSilent = news.kind === "cleared" && !channel.cleared;
        runners.get(channel.name)?.tell(messageOf(installation, channel.name, news), isSilent);
      }
    },
    hasten: (channel) => runners.get(channel)?.hasten(),
    async stop() {
      await Promise.all([...runners.values()].map((runner) => runner.stop()));
    },
  };
}

/** What waits for a channel that is switched off is not told later; what is being sent is. */
function dropWaiting(queues: ChannelQueues, name: string, log: Log): void {
  const queue = queues.of(name);
  const kept = { ...queue, waiting: queue.waiting.filter(({ message }) => message.id === queue.sending) };
  if (kept.waiting.length === queue.waiting.length) return;
  const alerts = waitingCount(queue) - waitingCount(kept);
  log.info("alerts are not told by a channel, which is switched off", { channel: name, alerts });
  void queues.change(name, kept);
}
