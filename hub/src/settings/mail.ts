import { z } from "zod";

/** The server that the hub's mails go through, and whom they are from. */
export type MailSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS, which a server that is signed in to has to have. */
  readonly isTls: boolean;
  /** Its password is the file `smtp-password` of the secrets. */
  readonly user: string | undefined;
  readonly from: string;
};

const form = "smtp[s]://[user@]host[:port]; the password is the file smtp-password in HUB_SECRETS";
const fromForm = "an e-mail address, such as heatloop@example.org";
/** Of message submission, with STARTTLS and with TLS (RFC 6409, RFC 8314). */
const usualPorts = { "smtp:": 587, "smtps:": 465 } as const;

export const mailVariables = {
  HUB_SMTP_URL: z
    .string()
    .refine(isSmtpUrl, { error: form })
    .transform((text) => new URL(text))
    .optional(),
  HUB_MAIL_FROM: z.email({ error: fromForm }).optional(),
};

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !(url.protocol in usualPorts) || url.hostname === "") return false;
  return url.password === "" && /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "";
}

/** Undefined where no server is named: then no mail is sent. */
export function mailSettings(
  {
    HUB_SMTP_URL: url,
    HUB_MAIL_FROM: from,
  }: { readonly HUB_SMTP_URL?: URL | undefined; readonly HUB_MAIL_FROM?: string | undefined },
  publicUrl: string,
): MailSettings | undefined {
  if (url === undefined) return undefined;
  const protocol = url.protocol as keyof typeof usualPorts;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? usualPorts[protocol] : Number(url.port),
    isTls: protocol === "smtps:",
    user: decodeURIComponent(url.username) || undefined,
    from: from ?? `heatloop@${new URL(publicUrl).hostname}`,
  };
}
