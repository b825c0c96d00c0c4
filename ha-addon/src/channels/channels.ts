import type { Clock, Stop } from "@heatloop/core/time/clock";
import { messageOf as errorText, type RunningLog } from "@heatloop/program/log";
import type { AlertNews } from "../alerts/alert-news.ts";
import type { SecretFile } from "../base/secret-file.ts";
import type { StateFile } from "../base/state-file.ts";
import type { ChannelKind, ChannelSettings } from "../settings/channel-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { type ChannelQueues, openChannelQueues } from "./channel-queues.ts";
import { type ChannelSend, channelRunners } from "./channel-runners.ts";
import { channelTester } from "./channel-test.ts";
import { deliver, publicServices, type ServiceAddresses } from "./deliver.ts";
import type { Delivery } from "./delivery.ts";
import type { Sender } from "./http-channels.ts";
import { waitingCount } from "./outbox.ts";
import { type ChannelSecrets, openChannelSecrets } from "./secrets.ts";

/** A channel as a person sees it; times are ms since the epoch. */
export type ChannelState = {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly on: boolean;
  readonly hasSecret: boolean;
  /** How many messages wait to be delivered. */
  readonly waiting: number;
  readonly deliveredAt: number | null;
  /** Why the last attempt did not end well; null where it did, or there was none. */
  readonly error: { readonly why: string; readonly at: number } | null;
};

/** Those outside who are told of alerts, and what waits for them. */
export type Channels = {
  list(): readonly ChannelState[];
  /** The channel of a name; undefined: the settings have none. */
  find(name: string): ChannelSettings | undefined;
  /** Rejected, with nothing changed, where it cannot be kept over a restart; the same of the removal. */
  setSecret(channel: ChannelSettings, secret: string): Promise<void>;
  removeSecret(channel: ChannelSettings): Promise<void>;
  /** Sends a test message now, also by a channel that is off. */
  test(channel: ChannelSettings): Promise<Delivery>;
  /** Delivers what waits, and what `subscribe` tells from now on. */
  start(subscribe: (tell: (news: AlertNews) => void) => Stop): void;
  /** Breaks off what is being sent; it is sent again by the next run. */
  close(): Promise<void>;
};

export type ChannelParts = {
  readonly clock: Clock;
  readonly log: RunningLog;
  readonly settings: Pick<SettingsFile, "current" | "trouble" | "onChange">;
  readonly secretFile: SecretFile;
  readonly stateFile: StateFile;
  /** Who sends, in whose language and time. */
  readonly sender: () => Omit<Sender, "at">;
  /** The services' public addresses where it is absent. */
  readonly services?: ServiceAddresses;
};

/** Reads what waits and the secrets; delivers nothing before `start`. */
export async function openChannels(parts: ChannelParts): Promise<Channels> {
  const { clock, log, settings, secretFile: file, sender, services = publicServices } = parts;
  const queues = await openChannelQueues(parts.stateFile);
  const secrets = await openChannelSecrets({ file, log, hide: log.hide });
  const channels = () => settings.current().alerts.channels;
  const find = (name: string) => channels().find((channel) => channel.name === name);
  const send: ChannelSend = (channel, message, signal) => {
    const now = { ...sender(), at: clock.now() };
    return deliver({ channel, message, signal, services, secret: secrets.of(channel), sender: now });
  };
  const runners = channelRunners({ clock, log, queues, channels, send });
  const test = channelTester({ clock, queues, send, sender, hasten: runners.hasten });
  let stops: readonly Stop[] = [];

  /** Settings that could not be read have no channels: nothing is forgotten because of that. */
  function forgetWhatIsGone(before: readonly string[]): void {
    if (settings.trouble() !== undefined) return;
    for (const name of before) if (find(name) === undefined) queues.forget(name);
    secrets
      .keepOnly(channels())
      .catch((error: unknown) =>
        log.warn("the secrets of channels that are gone could not be removed", { error: errorText(error) }),
      );
  }

  function onSettings(before: readonly ChannelSettings[]): void {
    if (JSON.stringify(before) === JSON.stringify(channels())) return;
    runners.follow();
    forgetWhatIsGone(before.map(({ name }) => name));
  }

  return {
    find,
    list: () => channels().map((channel) => stateOf(channel, queues, secrets)),
    async setSecret(channel, secret) {
      await secrets.set(channel, secret);
      log.info("a channel of alerts has a new secret", { channel: channel.name });
      runners.hasten(channel.name);
    },
    async removeSecret({ name }) {
      await secrets.remove(name);
      log.info("a channel of alerts has no secret any more", { channel: name });
    },
    test,
    start(subscribe) {
      forgetWhatIsGone(queues.names());
      runners.follow();
      const stopSettings = settings.onChange((_now, before) => onSettings(before.alerts.channels));
      stops = [stopSettings, subscribe((news) => runners.tell(news, sender().installation))];
    },
    async close() {
      for (const stop of stops) stop();
      await runners.stop();
      await Promise.all([queues.close(), secrets.close()]);
    },
  };
}

function stateOf(channel: ChannelSettings, queues: ChannelQueues, secrets: ChannelSecrets): ChannelState {
  const { name, kind, on } = channel;
  const queue = queues.of(name);
  const { deliveredAt, error } = queue;
  const hasSecret = secrets.of(channel) !== undefined;
  return { name, kind, on, hasSecret, waiting: waitingCount(queue), deliveredAt, error };
}
