import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll } from "vitest";

/** Whom the provider signs in. */
export type ProvidersPerson = {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
};

/** What a provider that is broken or hostile does differently. */
export type ProvidersLie = {
  /** Claims of the ID token in place of the right ones. */
  readonly claims?: JWTPayload;
  /** Signs with a key that it does not publish. */
  readonly hasOtherKey?: boolean;
  /** Sends the browser back with these in place of the right ones. */
  readonly back?: Readonly<Record<string, string>>;
};

/** An OpenID provider that asks nobody for a password: it signs in `person`, and tells the truth unless told to lie. */
export type SignInProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  person: ProvidersPerson;
  lie: ProvidersLie;
  /** Puts the e-mail address into the answer of userinfo alone. */
  isTerse: boolean;
};

type Grant = { readonly person: ProvidersPerson; readonly query: URLSearchParams };

/** Starts the authorization code flow's provider (OpenID Connect Core 1.0) on this machine, until the file's tests have ended. */
export async function signInProvider(): Promise<SignInProvider> {
  const [keys, others] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256", use: "sig" };
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => json(response, 500, { error: String(error) }));
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  afterAll(() => void server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: SignInProvider = {
    issuer,
    clientId: "heatloop",
    clientSecret: "of the provider",
    person: { sub: "nobody" },
    lie: {},
    isTerse: false,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", issuer);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(response, 200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        });
      case "/keys":
        return json(response, 200, { keys: [jwk] });
      case "/authorize":
        return authorize(url.searchParams, response);
      case "/token":
        return token(request, response);
      case "/userinfo":
        return userinfo(request, response);
      default:
        return json(response, 404, {});
    }
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const isRight =
      query.get("client_id") === provider.clientId &&
      query.get("response_type") === "code" &&
      query.get("code_challenge_method") === "S256" &&
      query.get("scope")?.split(" ").includes("openid");
    if (!isRight) {
      json(response, 400, { error: "invalid_request" });
      return;
    }
    const code = randomUUID();
    grants.set(code, { person: provider.person, query });
    const back = new URL(query.get("redirect_uri") ?? "");
    for (const [name, value] of Object.entries({ code, state: query.get("state") ?? "", ...provider.lie.back })) {
      back.searchParams.set(name, value);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams(await textOf(request));
    const basic = Buffer.from(
      `${provider.clientId}:${encodeURIComponent(provider.clientSecret).replaceAll("%20", "+")}`,
    );
    if (request.headers.authorization !== `Basic ${basic.toString("base64")}`) {
      return json(response, 401, { error: "invalid_client" });
    }
    const grant = grants.get(body.get("code") ?? "");
    grants.delete(body.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    const isRight =
      grant?.query.get("redirect_uri") === body.get("redirect_uri") &&
      grant?.query.get("code_challenge") === challenge &&
      body.get("grant_type") === "authorization_code";
    if (!isRight || grant === undefined) return json(response, 400, { error: "invalid_grant" });
    const { sub, ...more } = grant.person;
    const at = Math.floor(Date.now() / 1_000);
    const claims: JWTPayload = {
      iss: issuer,
      aud: provider.clientId,
      sub,
      iat: at,
      exp: at + 300,
      nonce: grant.query.get("nonce") ?? "",
      ...(!provider.isTerse && more),
      ...provider.lie.claims,
    };
    const key = provider.lie.hasOtherKey ? others.privateKey : keys.privateKey;
    const idToken = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "1" }).sign(key);
    const accessToken = randomUUID();
    grants.set(accessToken, grant);
    json(response, 200, { access_token: accessToken, token_type: "Bearer", expires_in: 300, id_token: idToken });
  }

  function userinfo({ headers }: IncomingMessage, response: ServerResponse): void {
    const grant = grants.get(headers.authorization?.replace(/^Bearer /, "") ?? "");
    json(response, grant === undefined ? 401 : 200, grant?.person ?? {});
  }

  return provider;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
