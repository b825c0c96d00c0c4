import { type Checked, check } from "@heatloop/program/mistakes";
import { z } from "zod";
import { type MailSettings, mailSettings, mailVariables } from "./mail.ts";
import { type OidcSettings, oidcMistakes, oidcSettings, oidcVariables } from "./oidc.ts";
import { trustedProxies } from "./trusted-proxies.ts";

/** Where the hub finds what it needs and listens, by its environment variables. */
export type HubEnvironment = {
  /** The owner of the database: `postgres://user@host/database`. May hold a password, so it is never shown. */
  readonly databaseUrl: string;
  /** The broker: `mqtts://user@host`. May hold a password, so it is never shown. */
  readonly mqttUrl: string;
  /** The broker as nodes reach it: `mqtts://broker.example:8883`. undefined: nodes have none. */
  readonly nodesMqttUrl: string | undefined;
  /** The node that topics of other systems without a node belong to; undefined: they are not read. */
  readonly dialectsNode?: string | undefined;
  /** How people and nodes reach the hub, without a slash at its end: links and QR codes are made of it. */
  readonly publicUrl: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The folder of its secrets. */
  readonly secretsFolder: string;
  /** Where days go before they are deleted; undefined: nowhere. */
  readonly exportsFolder?: string | undefined;
  /** Addresses and ranges of proxies that are believed in what they say of whom they pass on. */
  readonly trustedProxies: readonly string[];
  /** Undefined: the hub sends no mail, and links are handed over by who has made them. */
  readonly mail?: MailSettings | undefined;
  /** Undefined: people sign in by password alone. */
  readonly oidc?: OidcSettings | undefined;
};

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: "a port from 0 to 65535" })
  .refine((text) => Number(text) <= 65_535, { error: "a port from 0 to 65535" });

const unlessEmpty = <S extends z.ZodType>(schema: S) => z.preprocess((text) => text || undefined, schema);

const variables = z.object({
  HUB_DATABASE_URL: unlessEmpty(
    urlOf(["postgres:", "postgresql:"], "postgres://user[:password]@host[:port]/database, of the database's owner"),
  ),
  HUB_MQTT_URL: unlessEmpty(urlOf(["mqtt:", "mqtts:"], "mqtt[s]://[user[:password]@]host[:port]")),
  HUB_NODES_MQTT_URL: unlessEmpty(
    urlOf(["mqtts:"], "mqtts://host[:port], without user and path")
      .refine((url) => !/[?#@]/.test(url), { error: "mqtts://host[:port], without user and path" })
      .optional(),
  ),
  HUB_DIALECTS_NODE: unlessEmpty(
    z.uuid({ error: "the id of a node, as GET /api/v1/nodes has it" }).toLowerCase().optional(),
  ),
  HUB_PUBLIC_URL: unlessEmpty(
    urlOf(["http:", "https:"], "http[s]://host[:port], without user, query and fragment")
      .refine((url) => !/[?#@]/.test(url), {
        error: "http[s]://host[:port], without user, query and fragment",
      })
      .optional(),
  ),
  HUB_HOST: unlessEmpty(z.string().default("127.0.0.1")),
  HUB_PORT: unlessEmpty(port.default("8100")),
  HUB_SECRETS: unlessEmpty(z.string({ error: "the path of a folder that only the hub can read" })),
  HUB_EXPORTS: unlessEmpty(z.string().optional()),
  HUB_TRUSTED_PROXIES: unlessEmpty(trustedProxies),
  HUB_SMTP_URL: unlessEmpty(mailVariables.HUB_SMTP_URL),
  HUB_MAIL_FROM: unlessEmpty(mailVariables.HUB_MAIL_FROM),
  HUB_OIDC_ISSUER: unlessEmpty(oidcVariables.HUB_OIDC_ISSUER),
  HUB_OIDC_CLIENT_ID: unlessEmpty(oidcVariables.HUB_OIDC_CLIENT_ID),
});

/** Reads the environment; every mistake at once, each with what is allowed. */
export function readHubEnvironment(env: Readonly<Record<string, string | undefined>>): Checked<HubEnvironment> {
  const checked = check(variables, env);
  const incomplete = oidcMistakes(env);
  if (!checked.ok) return { ok: false, mistakes: [...checked.mistakes, ...incomplete] };
  if (incomplete.length > 0) return { ok: false, mistakes: incomplete };
  const { HUB_DATABASE_URL, HUB_MQTT_URL, HUB_PUBLIC_URL, HUB_HOST, HUB_PORT, HUB_SECRETS, HUB_TRUSTED_PROXIES } =
    checked.value;
  const publicUrl = (HUB_PUBLIC_URL ?? `http://localhost:${HUB_PORT}`).replace(/\/+$/, "");
  return {
    ok: true,
    value: {
      databaseUrl: HUB_DATABASE_URL,
      mqttUrl: HUB_MQTT_URL,
      nodesMqttUrl: checked.value.HUB_NODES_MQTT_URL,
      dialectsNode: checked.value.HUB_DIALECTS_NODE,
      publicUrl,
      host: HUB_HOST,
      port: Number(HUB_PORT),
      secretsFolder: HUB_SECRETS,
      trustedProxies: HUB_TRUSTED_PROXIES,
      exportsFolder: checked.value.HUB_EXPORTS,
      mail: mailSettings(checked.value, publicUrl),
      oidc: oidcSettings(checked.value),
    },
  };
}

function urlOf(protocols: readonly string[], form: string) {
  return z.string({ error: form }).refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ""), {
    error: form,
  });
}
