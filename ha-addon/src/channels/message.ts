import { createHash } from "node:crypto";
import { z } from "zod";
import type { AlertNews } from "../alerts/alert-news.ts";

/** What a channel is told: the news of an alert, or a test. */
export const messageSchema = z.object({
  /** 32 hex digits: the same for the same news of the same channel, so that who gets it twice can tell. */
  id: z.string(),
  kind: z.enum(["raised", "cleared", "reminded", "test"]),
  /** The alert's id, the same from its beginning to its end. */
  alert: z.string(),
  severity: z.enum(["info", "warning", "error"]),
  /** In the home's language. */
  message: z.string(),
  device: z.string().nullable(),
  deviceName: z.string().nullable(),
  /** When the problem began, and when this happened, ms since the epoch. */
  sinceAt: z.number(),
  at: z.number(),
});
export type ChannelMessage = Readonly<z.output<typeof messageSchema>>;

/** The message of a channel of an installation that tells news. */
export function messageOf(installation: string, channel: string, { id: alert, ...news }: AlertNews): ChannelMessage {
  return { ...news, alert, id: messageId(installation, channel, news.kind, alert, String(news.at)) };
}

/** A message that tries a channel out; `text` is in the home's language. */
export function testMessage(installation: string, channel: string, text: string, at: number): ChannelMessage {
  return {
    id: messageId(installation, channel, "test", String(at)),
    kind: "test",
    alert: "test",
    severity: "info",
    message: text,
    device: null,
    deviceName: null,
    sinceAt: at,
    at,
  };
}

function messageId(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
