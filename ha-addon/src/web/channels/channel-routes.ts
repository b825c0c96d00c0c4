import type { Zone } from "@heatloop/core/time/local-day";
import { Problem, required } from "@heatloop/program/http/problem";
import { check } from "@heatloop/program/mistakes";
import { z } from "zod";
import type { ChannelState } from "../../channels/channels.ts";
import type { Delivery } from "../../channels/delivery.ts";
import { needsSecret, secretSchemas } from "../../channels/secret-rules.ts";
import type { ChannelSettings } from "../../settings/channel-settings.ts";
import type { WebParts, WebServer } from "../parts.ts";
import { problems, problemsOf } from "../problem.ts";
import { channelSchema } from "./schemas.ts";

type ChannelWebParts = Pick<WebParts, "channels" | "view" | "log">;

const params = z.object({ name: z.string().describe("name of the channel, as in alerts.channels of the settings") });
const channelProblems = { ...problems, ...problemsOf(404, 414) };

/** Who outside is told of alerts: their state, their secrets, which are never read back, and a test of each. */
export function channelRoutes(app: WebServer, parts: ChannelWebParts): void {
  const { channels, view } = parts;
  app.get(
    "/api/channels",
    {
      schema: {
        summary: "Who outside is told of alerts, and what waits for them",
        description: "The channels themselves are settings: alerts.channels of /api/settings.",
        tags: ["alerts"],
        response: { 200: z.array(channelSchema), ...problems },
      },
    },
    async () =>
      channels.list().map((channel) => {
        const settings = channels.find(channel.name);
        return channelJson(channel, settings !== undefined && needsSecret(settings), view.zone());
      }),
  );
  secretRoutes(app, parts);
  testRoute(app, parts);
}

function secretRoutes(app: WebServer, { channels, log }: ChannelWebParts): void {
  const unwritten = (error: unknown): never => {
    log.error("a channel's secret could not be written", { error: String(error) });
    throw new Problem(500, "The secrets could not be written to the data folder; nothing was changed.");
  };

  app.put(
    "/api/channels/:name/secret",
    {
      schema: {
        summary: "Sets a channel's secret, which is never shown again",
        description:
          "The key of a webhook's signature, the password of the mail server's user, the address of a Slack webhook, " +
          "PagerDuty's integration key, ntfy's access token, the token of a Telegram bot. It is kept apart from the " +
          "settings, and removed when the channel is removed or leads to another server.",
        tags: ["alerts"],
        params,
        body: z.strictObject({ secret: z.string() }),
        response: { 204: z.null().describe("it is kept"), ...channelProblems, ...problemsOf(413, 415) },
      },
    },
    async (request, reply) => {
      const channel = knownChannel(channels.find, request.params.name);
      const [secret] = required(check(secretSchemas[channel.kind], request.body.secret, "secret"));
      await channels.setSecret(channel, secret).catch(unwritten);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/api/channels/:name/secret",
    {
      schema: {
        summary: "Removes a channel's secret",
        tags: ["alerts"],
        params,
        response: { 204: z.null().describe("it has none any more"), ...channelProblems },
      },
    },
    async (request, reply) => {
      await channels.removeSecret(knownChannel(channels.find, request.params.name)).catch(unwritten);
      return reply.code(204).send(null);
    },
  );
}

function testRoute(app: WebServer, { channels }: ChannelWebParts): void {
  app.post(
    "/api/channels/:name/test",
    {
      schema: {
        summary: "Sends a test message by a channel now, also by one that is off",
        tags: ["alerts"],
        params,
        response: {
          200: z.object({ delivered: z.literal(true) }),
          ...channelProblems,
          ...problemsOf(409, 413, 415, 502, 504),
        },
      },
    },
    async (request) => {
      const channel = knownChannel(channels.find, request.params.name);
      const hasSecret = channels.list().some(({ name, hasSecret: has }) => name === channel.name && has);
      if (needsSecret(channel) && !hasSecret) {
        throw new Problem(
          409,
          `The channel ${channel.name} has no secret, or got it for another server: set it first.`,
        );
      }
      return answerOf(channel, await channels.test(channel));
    },
  );
}

function answerOf({ name }: ChannelSettings, delivery: Delivery): { delivered: true } {
  if (delivery.kind === "delivered") return { delivered: true };
  const status = delivery.kind === "failed" && delivery.timedOut ? 504 : 502;
  throw new Problem(status, `The channel ${name} could not deliver the test: ${delivery.why}.`);
}

function knownChannel(find: (name: string) => ChannelSettings | undefined, name: string): ChannelSettings {
  const channel = find(name);
  if (channel !== undefined) return channel;
  const shown = JSON.stringify(name.slice(0, 40));
  throw new Problem(404, `There is no channel ${shown}: alerts.channels of the settings names those that there are.`);
}

function channelJson(channel: ChannelState, needs: boolean, zone: Zone): z.output<typeof channelSchema> {
  const { name, kind, on, hasSecret, waiting, deliveredAt, error } = channel;
  return {
    ...{ name, kind, on, has_secret: hasSecret, needs_secret: needs, waiting },
    last_delivered: deliveredAt === null ? null : zone.isoOf(deliveredAt),
    last_error: error?.why ?? null,
    last_error_at: error === null ? null : zone.isoOf(error.at),
  };
}
