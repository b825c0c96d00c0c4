import { z } from "zod";
import { hostNameOf, isHomeAddress, isHomeName } from "../base/host-name.ts";

const nameRule = { error: "a name of 1 to 40 small letters, digits, _ and -" };
const hostRule = { error: "a host name or an address such as smtp.example.org, without port" };
const mailRule = { error: "an e-mail address such as heat@example.org" };
const urlRule = {
  error:
    "an https:// address without user and password; http:// only to an address or a name of the home, such as " +
    "http://192.168.1.10 or http://nas.local",
};
const userRule = { error: "a text of 1 to 200 characters without line breaks" };

/** Who gets an alert, from which severity on, and whether they are told that it is over. */
const common = {
  /** Names the channel in the API, and its secret. */
  name: z.string(nameRule).regex(/^[a-z0-9_-]{1,40}$/, nameRule),
  on: z.boolean().default(true),
  /** The least severity that is told. */
  severity: z.enum(["info", "warning", "error"]).default("warning"),
  /** Whether the end of an alert is told too. */
  cleared: z.boolean().default(true),
};

const address = z.string(urlRule).trim().max(2_000, urlRule).refine(isSafeUrl, urlRule);

const mail = z
  .string(mailRule)
  .trim()
  .max(254, mailRule)
  .regex(/^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+$/, mailRule)
  .refine(isOneLine, mailRule);

const webhook = z.strictObject({ kind: z.literal("webhook"), ...common, url: address });

const email = z
  .strictObject({
    kind: z.literal("email"),
    ...common,
    host: z
      .string(hostRule)
      .trim()
      .max(253, hostRule)
      .refine((host) => hostNameOf(host.includes(":") ? `[${host}]` : host) !== undefined, hostRule),
    /** null: the usual one of the security: 465, 587 or 25. */
    port: z.int().min(1).max(65_535).nullable().default(null),
    /** `tls`: from the first byte; `starttls`: required before anything else is said; `none`: plain. */
    security: z.enum(["tls", "starttls", "none"]).default("starttls"),
    /** With whom it logs in, by the channel's secret as the password; absent: it does not log in. */
    username: z.string(userRule).min(1, userRule).max(200, userRule).refine(isOneLine, userRule).optional(),
    from: mail,
    to: z.array(mail).min(1).max(20),
  })
  .refine(({ security, username, host }) => security !== "none" || username === undefined || isOfHome(host), {
    path: ["security"],
    error: "tls or starttls where a password goes to a server outside of the home",
  });

const slack = z.strictObject({ kind: z.literal("slack"), ...common });

const pagerduty = z.strictObject({
  kind: z.literal("pagerduty"),
  ...common,
  /** Where the account is: `eu` where its address is app.eu.pagerduty.com. */
  region: z.enum(["us", "eu"]).default("us"),
});

const topicRule = { error: "a topic of 1 to 64 letters, digits, _ and -" };

const ntfy = z.strictObject({
  kind: z.literal("ntfy"),
  ...common,
  /** The server, without the topic. */
  url: address.default("https://ntfy.sh"),
  topic: z.string(topicRule).regex(/^[-_A-Za-z0-9]{1,64}$/, topicRule),
  /** 1 (least) to 5; null: by the severity. */
  priority: z.int().min(1).max(5).nullable().default(null),
});

const chatRule = { error: "the number of a chat such as 123456789 or -1001234567890, or @name of a public channel" };

const telegram = z.strictObject({
  kind: z.literal("telegram"),
  ...common,
  chat_id: z.union([z.int(), z.string().regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/, chatRule)], chatRule),
});

/** `alerts.channels` of the settings: who outside is told of alerts; each channel's secret is no setting. */
export const channelsSchema = z
  .array(
    z.discriminatedUnion("kind", [webhook, email, slack, pagerduty, ntfy, telegram], {
      error: "a channel with kind webhook, email, slack, pagerduty, ntfy or telegram",
    }),
  )
  .max(20)
  .superRefine((channels, context) => {
    const seen = new Set<string>();
    channels.forEach(({ name }, index) => {
      if (seen.has(name)) {
        context.addIssue({ code: "custom", path: [index, "name"], input: name, message: "each name once" });
      }
      seen.add(name);
    });
  })
  .default([]);

export type ChannelSettings = z.output<typeof channelsSchema>[number];
export type ChannelKind = ChannelSettings["kind"];
export type ChannelOf<K extends ChannelKind> = Extract<ChannelSettings, { readonly kind: K }>;

/** Whether an address may be told anything: what leaves the home is encrypted, and no password stands in it. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isOfHome(hostname));
}

function isOneLine(text: string): boolean {
  return !/[\p{Cc}\u2028\u2029]/u.test(text);
}

function isOfHome(host: string): boolean {
  return isHomeAddress(host) || isHomeName(host);
}
