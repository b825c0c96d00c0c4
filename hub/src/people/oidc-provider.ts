import { secondMs } from "@heatloop/core/time/durations";
import type { ClientAuth, Configuration } from "openid-client";
import { z } from "zod";
import { isOnThisMachine, type OidcSettings } from "../settings/oidc.ts";

const answersWithinS = 10;

/** What a sign-in is bound to until the provider sends the browser back. */
export const pendingSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  at: z.number(),
});
export type PendingSignIn = z.output<typeof pendingSchema>;

/** Who the provider says that somebody is. */
export type OidcIdentity = {
  readonly issuer: string;
  readonly subject: string;
  /** Undefined where the provider has not made sure that it is theirs. */
  readonly email: string | undefined;
  readonly name: string;
};

/** A provider that signs people in (OpenID Connect Core 1.0, authorization code flow with PKCE). */
export type OidcProvider = {
  /** Where the browser goes, and what is to be kept until it is back. */
  begin(redirectUri: string, now: number): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /** Who has come back; `url` is the one that the browser was sent to. Rejected where anything of it is not right. */
  finish(url: URL, pending: PendingSignIn): Promise<OidcIdentity>;
};

/**
 * Asks the provider about itself with the first sign-in, and again as long as it does not answer. Where `clientSecret` has
 * none, the hub is a public client.
 */
export function oidcProvider(settings: OidcSettings, clientSecret: () => Promise<string | undefined>): OidcProvider {
  let asked: Promise<Configuration> | undefined;
  function configuration(): Promise<Configuration> {
    asked ??= discovered(settings, clientSecret).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  }
  return {
    async begin(redirectUri, now) {
      const client = await import("openid-client");
      const verifier = client.randomPKCECodeVerifier();
      const pending = { state: client.randomState(), nonce: client.randomNonce(), verifier, at: now };
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url: url.href, pending };
    },
    async finish(url, { state, nonce, verifier }) {
      const client = await import("openid-client");
      const config = await configuration();
      const tokens = await client.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("the provider sent no ID token");
      const { sub, iss } = claims;
      // Many providers tell the address only where they are asked for it.
      const said = claims.email === undefined ? await client.fetchUserInfo(config, tokens.access_token, sub) : claims;
      return { issuer: iss, subject: sub, ...personIn(said) };
    },
  };
}

async function discovered(
  { issuer, clientId }: OidcSettings,
  secret: () => Promise<string | undefined>,
): Promise<Configuration> {
  const client = await import("openid-client");
  const url = new URL(issuer);
  return client.discovery(url, clientId, undefined, await authOf(await secret()), {
    timeout: answersWithinS,
    // By itself it would believe an ID token that came by TLS without looking at the signature.
    execute: [client.enableNonRepudiationChecks, ...(isOnThisMachine(url) ? [client.allowInsecureRequests] : [])],
  });
}

/** As the provider wants it; Basic where it does not say (OpenID Connect Discovery 1.0, section 3). */
async function authOf(secret: string | undefined): Promise<ClientAuth> {
  const { ClientSecretBasic, ClientSecretPost, None } = await import("openid-client");
  if (secret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (methods.includes("client_secret_basic") ? basic : post)(server, ...rest);
  };
}

const saidSchema = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()).optional().catch(undefined),
  email_verified: z.boolean().catch(false).default(false),
  name: z
    .string()
    .transform((name) =>
      name
        .replace(/[\p{Cc}\s]+/gu, " ")
        .trim()
        .slice(0, 100),
    )
    .catch("")
    .default(""),
});

function personIn(said: unknown): Pick<OidcIdentity, "email" | "name"> {
  const { email, email_verified: isVerified, name } = saidSchema.parse(said);
  return { email: isVerified ? email : undefined, name };
}

/** How long somebody may take at the provider, ms. */
export const pendingForMs = 600 * secondMs;
