import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

/** A mail as it came. */
export type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly source: string;
};

/** A mail server whose only user is `heat` with the password `correct horse`; it keeps the mails that it takes. */
export type MailServer = {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** The passwords that somebody tried, and whether the connection was encrypted. */
  readonly logins: readonly { readonly password: string; readonly secure: boolean }[];
  /** The next recipients are refused with these replies. */
  readonly refusals: number[];
};

/** Listens on 127.0.0.1 until the test ends. */
export async function mailServer(options: SMTPServerOptions): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const logins: { password: string; secure: boolean }[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    authOptional: true,
    ...options,
    onAuth({ username, password }, { secure }, done) {
      logins.push({ password: password ?? "", secure });
      if (username === "heat" && password === "correct horse") done(null, { user: username });
      else done(new Error(`no ${password} here`));
    },
    onRcptTo(_address, _session, done) {
      const responseCode = refusals.shift();
      done(responseCode ? Object.assign(new Error("not this one"), { responseCode }) : null);
    },
    async onData(stream, { envelope, secure, user }, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(({ address }) => address);
      mails.push({ from, to, secure, user: user as string | undefined, source: Buffer.concat(chunks).toString() });
      done();
    },
  });
  // A client that does not trust it ends the connection: that is what some tests are about.
  server.on("error", () => undefined);
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", () => done()));
  onTestFinished(() => new Promise<void>((done) => void server.close(() => done())));
  return { port: (server.server.address() as AddressInfo).port, mails, logins, refusals };
}
