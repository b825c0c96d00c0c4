import type { Server } from "./server.ts";

/** A server on which deploy/install.sh has ended well. */
export type Installed = {
  readonly server: Server;
  /** The certificate of its authority. */
  readonly ca: string;
  /** The lines of /etc/heatloop/secrets by their names. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** What a server on which deploy/install.sh has ended well knows. */
export async function installedOn(server: Server): Promise<Installed> {
  const secrets = secretsIn(await server.printed("cat /etc/heatloop/secrets"));
  return { server, ca: await server.printed("cat /etc/heatloop/tls/ca.crt"), secrets };
}

/** The lines of a file of secrets, `name=value` each, by their names. */
export function secretsIn(text: string): Installed["secrets"] {
  const lines = text.trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split("=") as [string, string]));
}
