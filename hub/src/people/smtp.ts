import { secondMs } from "@heatloop/core/time/durations";
import type { MailSettings } from "../settings/mail.ts";
import type { Mail } from "./outbox.ts";

/** What became of a mail; `why` has no word of the server's, which may repeat what it was told. */
export type MailResult = { readonly kind: "sent" } | { readonly kind: "failed" | "refused"; readonly why: string };

/** Sends a mail under an id that stays the same when it is tried again; never rejected. */
export type SendMail = (id: string, mail: Mail, at: number) => Promise<MailResult>;

const withinMs = 15 * secondMs;

/** Sends mails by SMTP, each with a connection of its own. */
export function smtpSender(settings: MailSettings, password: string | undefined): SendMail {
  const { host, port, isTls, user, from } = settings;
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return async (id, { to, subject, text }, at) => {
    // Loaded with the first mail.
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      host,
      port,
      secure: isTls,
      requireTLS: user !== undefined && !isTls,
      ...(user !== undefined && { auth: { user, pass: password ?? "" }, forceAuth: true }),
      connectionTimeout: withinMs,
      greetingTimeout: withinMs,
      socketTimeout: 2 * withinMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from: { name: "Heatloop", address: from },
        to: { name: "", address: to },
        subject,
        text,
        date: new Date(at),
        messageId: `<${id}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      return { kind: "sent" };
    } catch (error) {
      return mailFailure(error);
    } finally {
      transport.close();
    }
  };
}

/** Replies of SMTP (RFC 5321, 4.2.1): 5xx is for good, unless it is about signing in, which a person can mend. */
function mailFailure(error: unknown): MailResult {
  const { responseCode, command, code } = error as {
    readonly responseCode?: number;
    readonly command?: string;
    readonly code?: string;
  };
  const isForGood = code !== "EAUTH" && responseCode !== undefined && responseCode >= 500;
  const why = [code, responseCode, command && `at ${command}`].filter(Boolean).join(" ");
  return { kind: isForGood ? "refused" : "failed", why: why || "unknown" };
}
