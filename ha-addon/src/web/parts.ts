import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Access } from "../access/access.ts";
import type { Administrators } from "../access/administrators.ts";
import type { LogLines } from "../base/log-lines.ts";
import type { Channels } from "../channels/channels.ts";
import type { HomeEventTeller } from "../hub/home-event-teller.ts";
import type { HubLink } from "../hub/hub-link.ts";
import type { HubUplink } from "../hub/hub-uplink.ts";
import type { Influx } from "../influx/influx.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { ConnectionLimits } from "./connections.ts";
import type { DeviceView, HeatloopView } from "./view.ts";

/** What the web is made of. */
export type WebParts = {
  readonly view: HeatloopView;
  readonly settings: SettingsFile;
  /** Who outside is told of alerts. */
  readonly channels: Channels;
  /** The rows on their way to InfluxDB. */
  readonly influx: Influx;
  /** This home as a node of a hub. */
  readonly hub: Pick<HubLink, "state">;
  /** The rows on their way there. */
  readonly hubUplink: Pick<HubUplink, "state">;
  /** What happens at home, on its way there. */
  readonly homeEvents: Pick<HomeEventTeller, "state">;
  readonly log: Log;
  readonly clock: Clock;
  /** Of Heatloop. */
  readonly version: string;
  /** Under ingress the only addresses that get an answer; undefined: Heatloop runs by itself, and `access` says who may. */
  readonly trustedPeers?: readonly string[] | undefined;
  /** Of the trusted peers the one that says which user it is; the Supervisor's ingress where it is absent. */
  readonly ingressPeer?: string;
  readonly access: Access;
  /** Who of Home Assistant's users may change things, under ingress; undefined: there is nobody to ask. */
  readonly administrators?: Administrators | undefined;
  /** The host that it listens on, which may be one of its names. */
  readonly host?: string;
  /** Limits of its connections; the usual ones where it is absent. */
  readonly limits?: ConnectionLimits;
  /** The newest lines of the program's log; absent: none are kept. */
  readonly logLines?: Pick<LogLines, "newest">;
  /** The program itself, for diagnostics. */
  readonly program?: ProgramAbout;
  /** Folder of the built page: `ha-addon/web/dist`. */
  readonly pageFolder: string;
  /** Folder with `swagger-ui-bundle.js` and `swagger-ui.css`. */
  readonly swaggerUiFolder: string;
};

/** What only the program knows of itself. */
export type ProgramAbout = {
  /** As they were read; may hold secrets, which never leave it. */
  readonly options: unknown;
  /** Versions of Node and the machine. */
  readonly runtime: Readonly<Record<string, string>>;
  /** The same text without the secrets that are known. */
  clean(text: string): string;
  /** Processor time of the program since its start, s. */
  processorS(): number;
};

/** Fastify, with zod as the check and the type of each route. */
export type WebServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The reply of any route, whatever its schema promises. */
export type AnyReply = Pick<FastifyReply, "raw">;

/** The device of an id, or a 404 that names the known ones. */
export function knownDevice(view: HeatloopView, id: string): DeviceView {
  const devices = view.devices();
  const device = devices.find((each) => each.id === id);
  if (device !== undefined) return device;
  const known = devices.map((each) => each.id).join(", ");
  const hint = known === "" ? "No heat pump has been found yet." : `Known: ${known}.`;
  throw new Problem(404, `There is no device ${JSON.stringify(id.slice(0, 100))}. ${hint}`);
}

/** Answers with a body as it is; `never`, because its type was checked where it was made. */
export function sendBody(reply: AnyReply, mediaType: string, body: string | Buffer | Readable): never {
  return (reply as FastifyReply).type(mediaType).send(body) as never;
}

export function sendJson(reply: AnyReply, text: string): never {
  return sendBody(reply, "application/json", text);
}

/** What a browser saves the answer as. */
export function nameDownload(reply: AnyReply, fileName: string): void {
  (reply as FastifyReply).header("content-disposition", `attachment; filename="${fileName}"`);
}
