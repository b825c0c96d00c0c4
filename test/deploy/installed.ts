import type { Server } from "./server.ts";

/** A server on which deploy/install.sh has ended well. */
export type Installed = {
  readonly server: Server;
  /** The certificate of its authority. */
  readonly ca: string;
  /** The lines of /etc/heatloop/secrets by their names. */
  readonly secrets: Readonly<Record<string, string>>;
};
