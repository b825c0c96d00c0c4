import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { backoffMs } from "@heatloop/program/backoff";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import { type Mail, mailQueue, openedMail } from "./outbox.ts";
import type { MailResult, SendMail } from "./smtp.ts";

const lookEachMs = 5 * secondMs;
/** So long a hub has for one mail; then another hub takes it, as the first one may have ended. */
const leaseMs = 2 * minuteMs;
const firstWaitMs = 30 * secondMs;
const longestWaitMs = hourMs;
/** With these waits about six hours. */
export const mostMailTries = 12;

export type MailRunnerParts = {
  readonly database: Database;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly send: SendMail;
};

/** Sends what is in the outbox. */
export type MailRunner = {
  /** Looks now, and not only with the next round. Never rejected. */
  wake(): Promise<void>;
  /** Takes no more mails; resolves when the last one is sent. */
  stop(): Promise<void>;
};

type Claimed = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly tries: number;
  readonly expiresAt: number;
};

/** Begins to send; of hubs at one database each takes other mails. A mail that nobody takes is tried again, ever more rarely. */
export function startMailRunner(parts: MailRunnerParts): MailRunner {
  const { clock, log } = parts;
  let running: Promise<void> | undefined;
  let isWoken = false;
  let isStopped = false;
  const drain = inBackground(log, "sending mails", async () => {
    do {
      isWoken = false;
      while (!isStopped && (await sendNext(parts)));
    } while (isWoken && !isStopped);
  });
  const wake = () => {
    isWoken = true;
    running ??= drain().finally(() => {
      running = undefined;
    });
    return running;
  };
  const stopLooking = clock.every(lookEachMs, () => void wake());
  return {
    wake,
    async stop() {
      isStopped = true;
      stopLooking();
      await running;
    },
  };
}

/** Sends the next mail that is due; false where there is none. */
async function sendNext(parts: MailRunnerParts): Promise<boolean> {
  const mail = await claim(parts, parts.clock.now());
  if (mail === undefined) return false;
  await note(parts, mail, await resultOf(parts, mail));
  return true;
}

async function resultOf(
  { secrets, clock, send }: MailRunnerParts,
  { id, sealed, expiresAt }: Claimed,
): Promise<MailResult> {
  if (clock.now() >= expiresAt) return { kind: "refused", why: "what is in it does not hold any more" };
  let mail: Mail;
  try {
    mail = openedMail(secrets, id, sealed);
  } catch {
    return { kind: "refused", why: "it cannot be decrypted" };
  }
  return send(id, mail, clock.now());
}

function claim({ database, secrets }: MailRunnerParts, now: number): Promise<Claimed | undefined> {
  const queue = mailQueue(secrets);
  return database.transaction({ secret: queue }, (queries) =>
    queries.first<Claimed>(
      `update mails set tries = tries + 1, next_at = $3 where id = (
         select id from mails where queue = $1 and sent_at is null and dead_at is null and next_at <= $2
         order by next_at for update skip locked limit 1)
       returning id, sealed, tries, expires_at as "expiresAt"`,
      [queue, new Date(now), new Date(now + leaseMs)],
    ),
  );
}

async function note({ database, secrets, clock, log }: MailRunnerParts, mail: Claimed, result: MailResult) {
  const { id, tries } = mail;
  const at = new Date(clock.now());
  const change = (text: string, ...values: readonly unknown[]) =>
    database.transaction({ secret: mailQueue(secrets) }, (queries) => queries.change(text, [id, ...values]));
  if (result.kind === "sent") {
    await change("update mails set sent_at = $2, sealed = null, failure = null where id = $1", at);
    log.info("a mail was sent", { mail: id });
    return;
  }
  const { why } = result;
  if (result.kind === "refused" || tries >= mostMailTries) {
    await change("update mails set dead_at = $2, sealed = null, failure = $3 where id = $1", at, why);
    log.error("a mail could not be sent and is given up", { mail: id, tries, why });
    return;
  }
  const waitMs = backoffMs(tries - 1, firstWaitMs, longestWaitMs);
  await change("update mails set next_at = $2, failure = $3 where id = $1", new Date(clock.now() + waitMs), why);
  log.warn("a mail could not be sent and is tried again", { mail: id, tries, inS: waitMs / secondMs, why });
}
