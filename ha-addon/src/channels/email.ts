import { secondMs } from "@heatloop/core/time/durations";
import { messageOf } from "@heatloop/program/log";
import type { SendMailOptions } from "nodemailer";
import type { ChannelOf } from "../settings/channel-settings.ts";
import { type Delivery, failed, refused } from "./delivery.ts";
import type { Sender } from "./http-channels.ts";
import { brokenOff, shownText } from "./http-outcome.ts";
import type { ChannelMessage } from "./message.ts";
import { cutToBytes, wordingOf } from "./wording.ts";

const usualPorts = { tls: 465, starttls: 587, none: 25 } as const;

/** Less than an attempt may take as a whole, so that it is known that nothing was handed over. */
const connectedWithinMs = 12 * secondMs;

/** Sends a message by SMTP; never rejected. */
export async function deliverEmail(
  channel: ChannelOf<"email">,
  password: string | undefined,
  message: ChannelMessage,
  sender: Sender,
  signal: AbortSignal,
): Promise<Delivery> {
  const { host, port, security, username } = channel;
  // Loaded with the first message: few homes send mail.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host,
    port: port ?? usualPorts[security],
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(username !== undefined && { auth: { user: username, pass: password ?? "" }, forceAuth: true }),
    connectionTimeout: connectedWithinMs,
    greetingTimeout: connectedWithinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { rejected } = await transport.sendMail({ ...mailOf(channel, message, sender), signal });
    if (rejected.length === 0) return { kind: "delivered" };
    return refused(`the mail server took it for some only, not for ${rejected.map(String).join(", ")}`);
  } catch (error) {
    return mailFailure(error, signal);
  } finally {
    transport.close();
  }
}

/** The mails of one alert are one conversation; a mail that comes twice has the same id. */
function mailOf(channel: ChannelOf<"email">, message: ChannelMessage, sender: Sender): SendMailOptions {
  const { title, text } = wordingOf(message, sender);
  const domain = `${sender.installation}.${channel.from.slice(channel.from.lastIndexOf("@") + 1)}`;
  const conversation = `<${Buffer.from(`${message.alert} ${message.sinceAt}`).toString("base64url")}@${domain}>`;
  const subject = `${title}: ${message.message}`.replace(/[\p{Cc}\s]+/gu, " ");
  return {
    from: { name: "Heatloop", address: channel.from },
    to: channel.to.map((address) => ({ name: "", address })),
    subject: cutToBytes(subject, 200),
    text: `${text}\n`,
    date: new Date(message.at),
    messageId: `<${message.id}@${domain}>`,
    references: conversation,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** Replies of SMTP (RFC 5321, 4.2.1): 5xx is for good, 4xx for now. */
function mailFailure(error: unknown, signal: AbortSignal): Delivery {
  const { responseCode, command, code } = error as {
    readonly responseCode?: number;
    readonly command?: string;
    readonly code?: string;
  };
  if (signal.aborted) return brokenOff({ error, connected: true }, signal);
  const why = `the mail server says: ${shownText(messageOf(error))}`;
  if (responseCode !== undefined) return responseCode >= 500 ? refused(why) : failed(why);
  const timedOut = code === "ETIMEDOUT";
  // What ended before the message was on its way cannot have arrived.
  const mayHaveArrived = command === "DATA" || command === undefined;
  if (code === "EAUTH") return refused(`there was no login: ${shownText(messageOf(error))}`);
  return failed(`there is no mail server to talk to: ${shownText(messageOf(error))}`, { timedOut, mayHaveArrived });
}
