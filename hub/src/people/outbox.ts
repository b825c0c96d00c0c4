import { randomUUID } from "node:crypto";
import type { Queries } from "../database/queries.ts";
import type { HubSecrets } from "../settings/secrets.ts";

/** A mail, in plain text. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

export type MailToSend = Mail & {
  /** Whose administrators see whether it was sent; null: nobody's. */
  readonly tenant: number | null;
  /** When what is in it does not hold any more, ms since the epoch. */
  readonly expiresAt: number;
};

/** Mails on their way: kept with what they are about, in one transaction, and sent by any of the hubs. */
export type MailOutbox = {
  /** Whether mails are sent at all; where not, none is to be added. */
  readonly isOn: boolean;
  /** Adds a mail and answers its id. */
  add(queries: Queries, mail: MailToSend, now: number): Promise<string>;
};

/** The name of the queue, by which hubs of one key see its mails. */
export function mailQueue(secrets: HubSecrets): Buffer {
  return secrets.keyFor("mail queue");
}

export function mailOutbox(secrets: HubSecrets, isOn: boolean): MailOutbox {
  const queue = mailQueue(secrets);
  return {
    isOn,
    async add(queries, { tenant, expiresAt, ...mail }, now) {
      const id = randomUUID();
      const sealed = secrets.seal(Buffer.from(JSON.stringify(mail)), belongingTo(id));
      const at = new Date(now);
      await queries.change(
        `insert into mails (id, queue, tenant_id, sealed, created_at, next_at, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6)`,
        [id, queue, tenant, sealed, at, new Date(expiresAt)],
      );
      return id;
    },
  };
}

/** Opens what `add` has sealed. */
export function openedMail(secrets: HubSecrets, id: string, sealed: Buffer): Mail {
  return JSON.parse(secrets.open(sealed, belongingTo(id)).toString()) as Mail;
}

function belongingTo(id: string): string {
  return `mail ${id}`;
}
