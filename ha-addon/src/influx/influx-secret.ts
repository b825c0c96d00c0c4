import { type Log, messageOf } from "@heatloop/program/log";
import { z } from "zod";
import { newQueue } from "../base/queue.ts";
import type { SecretFile } from "../base/secret-file.ts";
import type { InfluxSettings } from "../settings/influx-settings.ts";
import { secretDestinationOf } from "./influx-target.ts";

/** The password or the token of InfluxDB: written and removed, and read by nobody but who sends. */
export type InfluxSecret = {
  /** undefined: there is none, or it was given for another server or user. */
  of(settings: InfluxSettings): string | undefined;
  /** Rejected, with nothing changed, where it cannot be kept over a restart; the same of the removal. */
  set(settings: InfluxSettings, secret: string): Promise<void>;
  remove(): Promise<void>;
  close(): Promise<void>;
};

/** No control characters, which would end a header. */
export const influxSecretSchema = z
  .string({ error: "the password or the token, 1 to 500 characters" })
  .regex(/^\P{Cc}{1,500}$/u, { error: "the password or the token, 1 to 500 characters" });

const keptSchema = z.object({ destination: z.string(), secret: z.string() });

/** Reads the secret; it is hidden in the log from then on. */
export async function openInfluxSecret(parts: {
  readonly file: SecretFile;
  readonly log: Log;
  readonly hide: (secret: string) => void;
}): Promise<InfluxSecret> {
  const { file, log, hide } = parts;
  const queue = newQueue();
  let kept: z.output<typeof keptSchema> | undefined;

  function change(now: typeof kept): Promise<void> {
    return queue.add(async () => {
      await file.write(now ?? {});
      kept = now;
    });
  }

  try {
    kept = keptSchema.safeParse(await file.read()).data;
    if (kept !== undefined) hide(kept.secret);
  } catch (error) {
    log.error("the secret of InfluxDB cannot be read: may Heatloop read its file in the data folder?", {
      error: messageOf(error),
    });
  }
  return {
    of: (settings) => (kept?.destination === secretDestinationOf(settings) ? kept.secret : undefined),
    set(settings, secret) {
      hide(secret);
      return change({ destination: secretDestinationOf(settings), secret });
    },
    remove: () => (kept === undefined ? Promise.resolve() : change(undefined)),
    close: () => queue.onIdle(),
  };
}
