import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { FastifyRequest } from "fastify";
import type { Database } from "../database/database.ts";
import type { HubEnvironment } from "../settings/environment.ts";
import type { MailSettings } from "../settings/mail.ts";
import { type HubSecrets, secretOfFile } from "../settings/secrets.ts";
import type { LetIn } from "../web/caller.ts";
import { addressFinder } from "../web/client-address.ts";
import type { Recognize, Routes } from "../web/web.ts";
import { acceptRoutes } from "./accept-routes.ts";
import { accessTokenRoutes } from "./access-token-routes.ts";
import { accessTokensOf } from "./access-tokens.ts";
import { accountRoutes } from "./account-routes.ts";
import { apiTokenRoutes } from "./api-token-routes.ts";
import { recognizeBearer } from "./bearer.ts";
import type { PeopleContext } from "./context.ts";
import { hubCookie } from "./cookie.ts";
import { offerFirstInvitation } from "./first-invitation.ts";
import { invitationRoutes } from "./invitation-routes.ts";
import { loginRoutes } from "./login.ts";
import { sharedTries } from "./login-tries.ts";
import { type MailRunner, startMailRunner } from "./mail-runner.ts";
import { memberRoutes } from "./member-routes.ts";
import { oidcProvider } from "./oidc-provider.ts";
import { oidcRoutes } from "./oidc-routes.ts";
import { mailOutbox } from "./outbox.ts";
import { passwordResetRoutes } from "./password-reset.ts";
import { boundedPasswords } from "./passwords.ts";
import { secondFactorRoutes } from "./second-factor-routes.ts";
import { guardSessions, recognizeSession } from "./session-caller.ts";
import { sessionRoutes } from "./session-routes.ts";
import { smtpSender } from "./smtp.ts";
import { letInBy, stillHolds } from "./still-holds.ts";
import { tenantRoutes } from "./tenant-routes.ts";
import { startUpkeep } from "./upkeep.ts";

export type PeopleParts = {
  readonly database: Database;
  readonly environment: Pick<HubEnvironment, "publicUrl" | "trustedProxies" | "secretsFolder" | "mail" | "oidc">;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
  readonly log: Log;
};

/** Who may: signing in, sessions, and what else people are recognized by. */
export type People = {
  readonly routes: readonly Routes[];
  readonly recognize: readonly Recognize[];
  /** What let a request into its tenant, to be asked for again later. */
  letIn(request: FastifyRequest): LetIn;
  /** Does what has to be done before the first request; rejected with a sentence for a person. */
  begin(): Promise<void>;
  /** Ends what people need to have done beside their requests; a mail that is being sent is sent. */
  close(): Promise<void>;
};

export function openPeople({ database, environment, secrets, clock, log }: PeopleParts): People {
  const { publicUrl, trustedProxies, secretsFolder, mail, oidc } = environment;
  let mails: MailRunner | undefined;
  const context: PeopleContext = {
    database,
    secrets,
    clock,
    log,
    passwords: boundedPasswords(),
    tries: sharedTries(database, clock, secrets.keyFor("tries")),
    resetTries: sharedTries(database, clock, secrets.keyFor("reset tries")),
    outbox: mailOutbox(secrets, mail !== undefined),
    wakeMails: async () => mails?.wake(),
    accessTokens: accessTokensOf(secrets.keyFor("access tokens"), publicUrl),
    sessionCookie: hubCookie("heatloop_hub_session", publicUrl, "Strict"),
    addressOf: addressFinder(trustedProxies),
    publicUrl,
    secretsFolder,
    hasProvider: oidc !== undefined,
  };
  const provider = oidc && oidcProvider(oidc, () => secretOfFile(secretsFolder, "oidc-client-secret"));
  const endUpkeep = startUpkeep(database, clock, log);
  return {
    routes: [
      guardSessions(context),
      ...[
        loginRoutes,
        sessionRoutes,
        acceptRoutes,
        invitationRoutes,
        memberRoutes,
        tenantRoutes,
        passwordResetRoutes,
        secondFactorRoutes,
        accountRoutes,
        apiTokenRoutes,
        accessTokenRoutes,
      ].map((routes) => routes(context)),
      ...(provider === undefined ? [] : [oidcRoutes(context, provider)]),
    ],
    recognize: [recognizeBearer(context), recognizeSession(context)],
    letIn(request) {
      const by = letInBy(request);
      if (by === undefined) throw new Error("nothing is known by which this request was let in");
      return { key: JSON.stringify(by), stillHolds: () => stillHolds(database, by, clock.now()) };
    },
    async begin() {
      await offerFirstInvitation({ database, secrets, secretsFolder, publicUrl, clock, log });
      if (mail === undefined) return;
      const send = smtpSender(mail, await smtpPassword(secretsFolder, mail));
      mails = startMailRunner({ database, secrets, clock, log, send });
    },
    async close() {
      endUpkeep();
      await mails?.stop();
    },
  };
}

async function smtpPassword(folder: string, { user }: MailSettings): Promise<string | undefined> {
  if (user === undefined) return undefined;
  const password = await secretOfFile(folder, "smtp-password");
  if (password !== undefined) return password;
  throw new Error("HUB_SMTP_URL has a user: put the password into the file smtp-password of HUB_SECRETS");
}
