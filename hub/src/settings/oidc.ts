import type { Mistake } from "@heatloop/program/mistakes";
import { z } from "zod";

/** Who else signs people in, by OpenID Connect. */
export type OidcSettings = {
  readonly issuer: string;
  /** How it knows the hub; the secret of that is the file `oidc-client-secret`, if there is one. */
  readonly clientId: string;
};

const issuerForm = "https://host[/path], as the provider's /.well-known/openid-configuration names its issuer";
const idForm = "the id that the provider has given the hub, where HUB_OIDC_ISSUER is set";
const issuerMissing = "the issuer of the provider, where HUB_OIDC_CLIENT_ID is set";

export const oidcVariables = {
  HUB_OIDC_ISSUER: z.string().refine(isIssuer, { error: issuerForm }).optional(),
  HUB_OIDC_CLIENT_ID: z.string().max(500, { error: idForm }).optional(),
};

type Variables = { readonly HUB_OIDC_ISSUER?: string | undefined; readonly HUB_OIDC_CLIENT_ID?: string | undefined };

/** Without TLS only on this machine itself. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || isOnThisMachine(url);
}

/** Whether it is asked without TLS, which is for development. */
export function isOnThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** One of the two alone means nothing. */
export function oidcMistakes(env: Readonly<Record<string, string | undefined>>): Mistake[] {
  const { HUB_OIDC_ISSUER: issuer, HUB_OIDC_CLIENT_ID: id } = env;
  if (issuer && !id) return [{ path: "HUB_OIDC_CLIENT_ID", found: "nothing", allowed: idForm }];
  return id && !issuer ? [{ path: "HUB_OIDC_ISSUER", found: "nothing", allowed: issuerMissing }] : [];
}

/** Undefined where nobody else signs people in. */
export function oidcSettings({ HUB_OIDC_ISSUER: issuer, HUB_OIDC_CLIENT_ID: clientId }: Variables) {
  return issuer === undefined || clientId === undefined ? undefined : { issuer, clientId };
}
