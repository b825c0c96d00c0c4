import { check, type Mistake } from "@heatloop/program/mistakes";
import { z } from "zod";
import type { UserIds } from "../base/unprivileged.ts";

/** Where the program finds its files and listens, by its environment variables. */
export type Environment = {
  readonly optionsFile: string;
  readonly dataFolder: string;
  readonly archiveFolder: string;
  /** Home Assistant's configuration folder; it need not be there. */
  readonly homeAssistantFolder: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The addresses that may connect; undefined where `host` alone decides. */
  readonly trustedPeers: readonly string[] | undefined;
  /** What the Supervisor's API takes; undefined outside Home Assistant OS. A secret. */
  readonly supervisorToken: string | undefined;
  /** Whom the program becomes where it is started as root; undefined: it stays who it is. */
  readonly user: UserIds | undefined;
};

/** The Supervisor's ingress, the only one besides the machine itself that an app shall answer. */
export const ingressPeer = "172.30.32.2";

const folder = (otherwise: string) =>
  z.preprocess((text) => text || undefined, z.string({ error: "the path of a folder" }).default(otherwise));

const schema = z.object({
  HEATLOOP_OPTIONS: folder("/data/options.json"),
  HEATLOOP_DATA: folder("/data"),
  HEATLOOP_ARCHIVE: folder("/config/archive"),
  HEATLOOP_HOME_ASSISTANT_CONFIG: folder("/homeassistant"),
  HEATLOOP_HOST: z.preprocess((text) => text || undefined, z.string({ error: "an address or host name" }).optional()),
  HEATLOOP_PORT: z.preprocess(
    (text) => text || undefined,
    z
      .string()
      .regex(/^\d{1,5}$/, { error: "a port from 0 to 65535" })
      .refine((text) => Number(text) <= 65_535, { error: "a port from 0 to 65535" })
      .default("8099"),
  ),
  SUPERVISOR_TOKEN: z.string().optional(),
  HEATLOOP_USER: z.preprocess(
    (text) => text || undefined,
    z
      .string()
      .regex(/^[1-9]\d{0,8}:[1-9]\d{0,8}$/, { error: "numbers of a user and a group, such as 1000:1000" })
      .optional(),
  ),
});

export type ReadEnvironment =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Reads the environment variables, with defaults for those that are not set: it listens on 127.0.0.1;
 * under the Supervisor on every address, but then answers only ingress and the machine itself.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): ReadEnvironment {
  const checked = check(schema, variables);
  if (!checked.ok) return checked;
  const { HEATLOOP_OPTIONS, HEATLOOP_DATA, HEATLOOP_ARCHIVE, HEATLOOP_HOST, HEATLOOP_PORT } = checked.value;
  const [uid, gid] = checked.value.HEATLOOP_USER?.split(":").map(Number) ?? [];
  const supervisorToken = checked.value.SUPERVISOR_TOKEN || undefined;
  const supervised = supervisorToken !== undefined;
  return {
    ok: true,
    environment: {
      optionsFile: HEATLOOP_OPTIONS,
      dataFolder: HEATLOOP_DATA,
      archiveFolder: HEATLOOP_ARCHIVE,
      homeAssistantFolder: checked.value.HEATLOOP_HOME_ASSISTANT_CONFIG,
      host: HEATLOOP_HOST ?? (supervised ? "0.0.0.0" : "127.0.0.1"),
      port: Number(HEATLOOP_PORT),
      trustedPeers: supervised ? [ingressPeer, "127.0.0.1", "::1"] : undefined,
      supervisorToken,
      user: uid === undefined || gid === undefined ? undefined : { uid, gid },
    },
  };
}
