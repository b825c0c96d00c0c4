import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { FastifyRequest } from "fastify";
import type { Database } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { HubCookie } from "./cookie.ts";
import type { LoginTries } from "./login-tries.ts";
import type { MailOutbox } from "./outbox.ts";
import type { Passwords } from "./passwords.ts";

/** What the routes of people work with. */
export type PeopleContext = {
  readonly database: Database;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly passwords: Passwords;
  readonly tries: LoginTries;
  /** Of who asks for mails. */
  readonly resetTries: LoginTries;
  readonly outbox: MailOutbox;
  /** Has mails that were added sent at once. Never rejected. */
  readonly wakeMails: () => Promise<void>;
  readonly accessTokens: AccessTokens;
  readonly sessionCookie: HubCookie;
  /** The address that a request comes from, as far as those who passed it on are believed. */
  readonly addressOf: (request: FastifyRequest) => string;
  /** How people reach the hub, without a slash at its end. */
  readonly publicUrl: string;
  readonly secretsFolder: string;
  /** Whether a provider signs people in too. */
  readonly hasProvider: boolean;
};
