import type { Stop } from "@heatloop/core/time/clock";
import { inBackground } from "@heatloop/program/background";
import type { SecretFile } from "../base/secret-file.ts";
import { type RowSender, type SenderParts, startRowSender } from "../sending/row-sender.ts";
import { type SendingState, sendingOff } from "../sending/sending-state.ts";
import { readSentDates } from "../sending/sent-dates.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { influxRows, type LineParts } from "./influx-rows.ts";
import { openInfluxSecret } from "./influx-secret.ts";
import { destinationOf } from "./influx-target.ts";

export type InfluxParts = Omit<SenderParts<string>, "destination" | "name" | "ifTooOld" | "newestFirst"> & {
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly secretFile: SecretFile;
  readonly nameOf: LineParts["nameOf"];
};

/** The rows of the archive on their way to InfluxDB, as far as the settings want that. */
export type Influx = {
  state(): SendingState;
  /** Whether a password or token is kept for the server of the settings. */
  hasSecret(): boolean;
  /** Rejected, with nothing changed, where it cannot be kept over a restart; the same of the removal. */
  setSecret(secret: string): Promise<void>;
  removeSecret(): Promise<void>;
  /** Goes on where the last run ended. */
  start(): void;
  /** Breaks off what is being sent; it is sent again by the next run. */
  close(): Promise<void>;
};

/** Reads the secret; sends nothing before `start`. */
export async function openInflux(given: InfluxParts): Promise<Influx> {
  const { log, settings, stateFile, secretFile: file } = given;
  const secret = await openInfluxSecret({ file, log, hide: log.hide });
  const own = () => settings.current().influx;
  const parts: SenderParts<string> = {
    ...given,
    destination: () => ({
      target: influxRows({ ...given, settings: own(), secret: secret.of(own()) }),
      daysBack: own().days_back,
    }),
    name: "InfluxDB",
    ifTooOld: "scripts/export-influx sends them",
    newestFirst: false,
  };
  let sender: RowSender | undefined;
  let stopSettings: Stop = () => {};
  let isRunning = false;
  let changing = Promise.resolve();

  const restart = inBackground(log, "sending to InfluxDB", async () => {
    const before = sender;
    sender = undefined;
    await before?.stop();
    if (!isRunning || !own().on) return;
    const sent = readSentDates(await stateFile.read(), destinationOf(own()));
    sender = startRowSender(parts, sent);
  });
  const begin = () => {
    changing = changing.then(restart);
  };

  return {
    state: () => sender?.state() ?? (own().on ? { ...sendingOff, state: "waiting" } : sendingOff),
    hasSecret: () => secret.of(own()) !== undefined,
    async setSecret(text) {
      await secret.set(own(), text);
      log.info("InfluxDB has a new password or token");
      begin();
    },
    async removeSecret() {
      await secret.remove();
      log.info("InfluxDB has no password or token any more");
      begin();
    },
    start() {
      isRunning = true;
      stopSettings = settings.onChange((now, before) => {
        if (JSON.stringify(now.influx) !== JSON.stringify(before.influx)) begin();
      });
      begin();
    },
    async close() {
      isRunning = false;
      stopSettings();
      begin();
      await changing;
      await secret.close();
    },
  };
}
