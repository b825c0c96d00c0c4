import { type Log, messageOf } from "@heatloop/program/log";
import { z } from "zod";
import { newQueue } from "../base/queue.ts";
import type { SecretFile } from "../base/secret-file.ts";
import type { ChannelSettings } from "../settings/channel-settings.ts";
import { secretDestination } from "./secret-rules.ts";

/** The secrets of the channels: written and removed, and read by nobody but who delivers. */
export type ChannelSecrets = {
  /** undefined: it has none, or got it while it led elsewhere. */
  of(channel: ChannelSettings): string | undefined;
  /** Rejected, with nothing changed, where it cannot be kept over a restart; the same of the others. */
  set(channel: ChannelSettings, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Forgets the secrets of channels that are gone or lead elsewhere. */
  keepOnly(channels: readonly ChannelSettings[]): Promise<void>;
  close(): Promise<void>;
};

const keptSchema = z.record(z.string(), z.object({ destination: z.string(), secret: z.string() }));
type Kept = Readonly<z.output<typeof keptSchema>>;

/** Reads the secrets; each is hidden in the log from then on. */
export async function openChannelSecrets(parts: {
  readonly file: SecretFile;
  readonly log: Log;
  readonly hide: (secret: string) => void;
}): Promise<ChannelSecrets> {
  const { file, log, hide } = parts;
  const queue = newQueue();
  let isRead = false;
  let kept: Kept = {};

  async function read(): Promise<void> {
    kept = keptSchema.safeParse(await file.read()).data ?? {};
    isRead = true;
    for (const { secret } of Object.values(kept)) hide(secret);
  }

  /** Nothing is written over a file that could not be read: it is read again before. */
  function change(changed: (before: Kept) => Kept): Promise<void> {
    return queue.add(async () => {
      if (!isRead) await read();
      const after = changed(kept);
      if (JSON.stringify(after) === JSON.stringify(kept)) return;
      await file.write(after);
      kept = after;
    });
  }

  await read().catch((error: unknown) =>
    log.error("the secrets of the alerts' channels cannot be read: may Heatloop read their file in the data folder?", {
      error: messageOf(error),
    }),
  );
  return {
    of(channel) {
      const own = Object.hasOwn(kept, channel.name) ? kept[channel.name] : undefined;
      return own?.destination === secretDestination(channel) ? own.secret : undefined;
    },
    set(channel, secret) {
      hide(secret);
      return change((before) => ({ ...before, [channel.name]: { destination: secretDestination(channel), secret } }));
    },
    remove: (name) => change(({ [name]: _removed, ...others }) => others),
    keepOnly: (channels) =>
      change((before) => {
        const wanted = new Map(channels.map((channel) => [channel.name, secretDestination(channel)]));
        return Object.fromEntries(
          Object.entries(before).filter(([name, { destination }]) => wanted.get(name) === destination),
        );
      }),
    close: () => queue.onIdle(),
  };
}
