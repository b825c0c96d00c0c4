import type { Queries } from "../database/queries.ts";
import { countRefused } from "../telemetry/refused-rows.ts";
import { storableText } from "../telemetry/refused-sample.ts";
import { aboveAllowance } from "./allowances.ts";
import { dialectDevices } from "./dialect-device.ts";
import { keepDialectMessages, type MessageOfNode } from "./dialect-messages.ts";
import type { SentMessage } from "./foreign-message.ts";
import type { ReadForeign } from "./read-foreign.ts";
import { storeAlerts } from "./store-alerts.ts";
import { type ReadingOfDevice, storeReadings } from "./store-readings.ts";

type WithReading = Extract<ReadForeign, { readonly reading: unknown }>;
type WithAlert = Extract<ReadForeign, { readonly alert: unknown }>;

/** Stores what systems of a tenant have published; of one device in the order in which it came. */
export async function storeForeign(
  queries: Queries,
  tenant: number,
  { read, now }: { readonly read: readonly ReadForeign[]; readonly now: number },
): Promise<void> {
  // In one order for all, so that two that make the same devices never wait for each other.
  const sorted = read.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  const withReading = sorted.filter((each): each is WithReading => "reading" in each);
  const devices = await dialectDevices(
    queries,
    withReading.map(({ sent: { sender }, source }) => ({ sender, source })),
    now,
  );
  const readings: ReadingOfDevice[] = [];
  const others: MessageOfNode[] = [];
  for (const [at, { sent, source, reading }] of withReading.entries()) {
    const device = devices[at];
    if (device === undefined) throw new Error("a device is missing");
    if ("why" in device) others.push(messageOf(sent, { dialect: source.dialect, kind: "malformed", why: device.why }));
    else readings.push({ origin: { ...sent.sender, name: source.device, device }, reading });
  }
  await storeReadings(queries, tenant, { readings, now });
  await storeAlerts(
    queries,
    sorted.filter((each): each is WithAlert => "alert" in each),
    now,
  );
  for (const each of sorted) if ("other" in each) others.push(messageOf(each.sent, each.other));
  await keepDialectMessages(queries, others, now);
}

function nameOf({ sent: { sender, topic } }: ReadForeign): string {
  return `${sender.node} ${topic}`;
}

function messageOf(
  { sender, topic, payload }: SentMessage,
  read: Pick<MessageOfNode["message"], "dialect" | "kind" | "why">,
): MessageOfNode {
  return { sender, message: { ...read, topic, payload } };
}

/** Counts what nodes have sent above what they may. */
export async function countAbove(queries: Queries, above: readonly SentMessage[], now: number): Promise<void> {
  const ofNodes = Map.groupBy(above, ({ sender }) => sender.node);
  for (const [, messages] of [...ofNodes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const refused = messages.map(({ topic }) => ({ why: aboveAllowance, sample: storableText(topic.slice(0, 250)) }));
    const origin = { ...(messages[0] as SentMessage).sender, device: "", stream: "messages" as const };
    await countRefused(queries, origin, refused, now);
  }
}
