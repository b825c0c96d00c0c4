import type { Clock } from "@heatloop/core/time/clock";
import type { RunningLog } from "@heatloop/program/log";
import type { Access } from "../access/access.ts";
import type { Administrators } from "../access/administrators.ts";
import type { CsvFiles } from "../archive/csv/csv-files.ts";
import type { LogLines } from "../base/log-lines.ts";
import type { SecretFile } from "../base/secret-file.ts";
import type { StateFiles } from "../base/state-file.ts";
import type { NetworkAddress } from "../first-run/home-addresses.ts";
import type { CardPlace } from "../home-assistant/card-install.ts";
import type { HomeAssistant, HomeAssistantStatus } from "../home-assistant/home-assistant.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { BrokerPlace } from "../mqtt/server.ts";
import type { MqttStatus } from "../mqtt/stay-connected.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { ProgramAbout } from "../web/parts.ts";

/** What the program is made of: its adapters, and what it is given at the start. */
export type AppParts = {
  readonly clock: Clock;
  readonly log: RunningLog;
  readonly mqtt: Mqtt & { status(): MqttStatus; place(): BrokerPlace | undefined };
  /** undefined: none is configured, so there are no rooms. */
  readonly homeAssistant: (HomeAssistant & { status(): HomeAssistantStatus }) | undefined;
  readonly files: CsvFiles;
  /** The folders of the archive, and of what is cached of finished days; undefined: there is neither. */
  readonly folders?: { readonly archive: string; readonly data: string };
  /** undefined: it is not built, or Heatloop does not install it. */
  readonly card?: CardPlace | undefined;
  readonly settings: SettingsFile;
  /** Who may use it where it runs by itself. */
  readonly access: Access;
  /** Who may change things where it runs under ingress. */
  readonly administrators?: Administrators | undefined;
  readonly stateFiles: StateFiles;
  /** Where the secrets of the alerts' channels are. */
  readonly channelSecrets: SecretFile;
  /** Where the password or token of InfluxDB is. */
  readonly influxSecret: SecretFile;
  /** Where the key is that this home has for its hub. */
  readonly hubKey: SecretFile;
  /** The file in which events wait for the hub; there is none where there is no hub. */
  readonly hubOutbox: string;
  /** The id of this installation; its status topic is the last will's. */
  readonly installation: string;
  readonly version: string;
  /** The page as Home Assistant's frontend opens it; undefined: that is not known. */
  readonly pageUrl?: () => Promise<string | undefined> | string | undefined;
  /** The machine's time zone, for as long as neither settings nor Home Assistant name one. */
  readonly timeZone: () => string;
  /** The zone that the process runs in by its environment (TZ), which its plain clock knows; undefined: none. */
  readonly processZone?: string | undefined;
  /** The machine's addresses in its networks; undefined: none is known. */
  readonly ownAddresses?: () => readonly NetworkAddress[];
  readonly memoryBytes: () => number;
  /** The operating system, and for how long it has run; absent: not known. */
  readonly machine?: () => { readonly osVersion: string; readonly uptimeS: number };
  /** Free space where the archive and the data are written; null: not known. */
  readonly freeBytes?: () => Promise<number | null>;
  /** How often the log had an error within the last hour. */
  readonly errorsLastHour?: () => number;
  readonly web: {
    readonly host: string;
    readonly port: number;
    readonly logLines?: Pick<LogLines, "newest">;
    readonly program?: ProgramAbout;
    readonly trustedPeers: readonly string[] | undefined;
    readonly pageFolder: string;
    readonly swaggerUiFolder: string;
  };
};
