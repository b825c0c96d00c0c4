import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import type { FallingTotal } from "@heatloop/core/live/falling-totals";
import { minuteMs } from "@heatloop/core/time/durations";
import type { BrokerNotice } from "../mqtt/shared-heat-pumps.ts";
import type { PriceProblem } from "../prices/problems.ts";
import type { Alert } from "./alert.ts";
import type { Health } from "./health.ts";

/** What alerts are made of, at one moment. */
export type AlertSituation = {
  readonly at: number;
  readonly health: Health;
  readonly settingsTrouble: string | null;
  readonly ownersTrouble: string | null;
  readonly priceProblems: readonly PriceProblem[];
  /** What cannot be done at the broker, and who else is there. */
  readonly notices: readonly BrokerNotice[];
  readonly offlineMin: number;
  readonly devices: readonly {
    readonly id: string;
    readonly name: string;
    readonly online: boolean | null;
    readonly prefix: string;
    readonly offlineSince: number | null;
    /** Whether its `<prefix>/status` was ever seen. */
    readonly hasStatus: boolean;
    readonly followedAt: number;
    /** When it published live, first in this run and last; null where it never did. */
    readonly firstSeen: number | null;
    readonly lastSeen: number | null;
    readonly fault: { readonly code: string; readonly since: number } | null;
    readonly fallingTotal: FallingTotal | null;
    /** Main values that it never published, and what it publishes that is not known. */
    readonly missingPoints: readonly PointId[];
    readonly unknownTopics: readonly string[];
    /** Commands that the broker keeps for it. */
    readonly keptCommands: readonly { readonly topic: string; readonly payload: string }[];
    readonly unknownTexts: readonly { readonly point: PointId; readonly text: string }[];
    readonly feeds: readonly {
      readonly zone: number;
      readonly state: string;
      readonly reason: string | null;
      readonly since: number;
      /** That something else feeds the heat pump too. */
      readonly feederTrouble: string | null;
      readonly rooms: readonly {
        readonly entity: string;
        readonly name: string;
        readonly reason: string | null;
        readonly doubtedAt: number | null;
      }[];
    }[];
  }[];
};

/** A room that is in doubt for a moment only is nothing that a person has to know; chosen: ten minutes. */
const doubtedMs = 10 * minuteMs;

/** An alert as it comes about; one without a start of its own keeps that of the alert before. */
type RaisedAlert = Omit<Alert, "sinceAt"> & { readonly sinceAt?: number | null };

/** Everything that a person should know or do now; an alert keeps its start as long as it lasts. */
export function alertsOf(situation: AlertSituation, before: readonly Alert[]): Alert[] {
  const ofBroker = situation.notices.map((notice): RaisedAlert => ({ ...notice, severity: "warning" }));
  return [
    ...ofProgram(situation),
    ...ofBroker,
    ...situation.devices.flatMap((device) => ofDevice(device, situation)),
  ].map((raised) => ({
    ...raised,
    sinceAt: raised.sinceAt ?? before.find((alert) => alert.id === raised.id)?.sinceAt ?? situation.at,
  }));
}

function ofProgram({ health, settingsTrouble, ownersTrouble, priceProblems }: AlertSituation): RaisedAlert[] {
  const raised: RaisedAlert[] = [];
  const add = (id: string, severity: Alert["severity"], message: string, sinceAt: number | null = null) =>
    raised.push({ id, severity, message, device: null, sinceAt });
  if (health.mqtt.state !== "connected") {
    const why = health.mqtt.detail ?? "no connection yet";
    add("mqtt", "error", `The MQTT broker is away, nothing is logged: ${why}`, health.mqtt.sinceAt);
  }
  if (health.homeAssistant.state === "away") {
    const why = health.homeAssistant.detail ?? "no connection yet";
    add(
      "home_assistant",
      "warning",
      `Home Assistant is away, its rooms, prices and meters are not known: ${why}`,
      health.homeAssistant.sinceAt,
    );
  }
  if (health.archive.state === "failing") {
    add("archive", "error", `The log cannot be written: ${health.archive.detail ?? "the disk refuses it"}`);
  }
  if (settingsTrouble !== null) add("settings", "warning", settingsTrouble);
  if (ownersTrouble !== null) add("owner", "error", ownersTrouble);
  for (const { source, message } of priceProblems) add(`prices/${source}`, "warning", message);
  return raised;
}

/** So long a heat pump may take to publish its status topic, and to publish anything at all; chosen: well past a start. */
const statusWithinMs = 2 * minuteMs;
const anythingWithinMs = 10 * minuteMs;

function ofPresence(device: AlertSituation["devices"][number], at: number): RaisedAlert[] {
  const { name, id, prefix, firstSeen, hasStatus, followedAt } = device;
  if (firstSeen === null && device.online !== false && at - followedAt >= anythingWithinMs) {
    const message = `${name} is known from old retained messages alone and gets nothing sent. If it is gone, remove it on Heatloop's page (or clear the retained topics under ${prefix}/); else check its power and Wi-Fi`;
    return [{ id: `unheard/${id}`, severity: "warning", message, device: id }];
  }
  if (hasStatus || firstSeen === null || at - firstSeen < statusWithinMs) return [];
  const message = `${name} publishes nothing on ${prefix}/status, so an absence is noticed late. In the mqtt: block of its ESPHome configuration remove birth_message and will_message: by default both are published there`;
  return [{ id: `no_status/${id}`, severity: "warning", message, device: id }];
}

/** So many topics or texts are named; the page has room for no more. */
const mostNamed = 8;

function listed(texts: readonly string[]): string {
  const more = texts.length - mostNamed;
  return `${texts.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A language that is not known, or labels that the owner changed. */
function ofLabels(device: AlertSituation["devices"][number], at: number): RaisedAlert[] {
  const { id, name, prefix, firstSeen, missingPoints, unknownTopics, unknownTexts } = device;
  if (firstSeen === null || at - firstSeen < statusWithinMs) return [];
  const raised: RaisedAlert[] = [];
  const advice = `If its firmware has a new language or labels of yours, say in the settings (labels, with the prefix ${prefix})`;
  if (missingPoints.length > 0 && unknownTopics.length > 0) {
    const message = `${name} publishes nothing that is known as ${listed(missingPoints)}, but topics that are not known: ${listed(unknownTopics)}. ${advice} which is which`;
    raised.push({ id: `unknown_topics/${id}`, severity: "warning", message, device: id });
  }
  if (unknownTexts.length > 0) {
    const texts = unknownTexts.map(({ point, text }) => `${point} "${text}"`);
    const message = `${name} reports texts that are not known: ${listed(texts)}. ${advice} what they mean`;
    raised.push({ id: `unknown_texts/${id}`, severity: "warning", message, device: id });
  }
  return raised;
}

function ofKeptCommands({ id, name, keptCommands }: AlertSituation["devices"][number]): RaisedAlert[] {
  if (keptCommands.length === 0) return [];
  const commands = keptCommands.map(({ topic, payload }) => `${topic} ${payload}`);
  const message = `The broker keeps commands for ${name}, which its ESP32 obeys at each start: ${listed(commands)}. Remove them with DELETE /api/devices/${id}/kept-commands (page API), and switch off the retain flag of whatever sends them`;
  return [{ id: `kept_commands/${id}`, severity: "warning", message, device: id }];
}

function ofDevice(device: AlertSituation["devices"][number], { at, offlineMin }: AlertSituation): RaisedAlert[] {
  const raised: RaisedAlert[] = [...ofPresence(device, at), ...ofLabels(device, at), ...ofKeptCommands(device)];
  const { name, id } = device;
  const offlineSince = device.offlineSince ?? (device.hasStatus ? null : device.lastSeen);
  if (device.online === false && offlineSince !== null && at - offlineSince >= offlineMin * minuteMs) {
    const more = device.firstSeen === null ? `; if it is gone for good, remove it on Heatloop's page` : "";
    const message = `${name} is offline: check the ESP32's power and Wi-Fi${more}`;
    raised.push({ id: `offline/${id}`, severity: "error", message, device: id, sinceAt: offlineSince });
  }
  if (device.fault !== null) {
    raised.push({
      id: `fault/${id}`,
      severity: "error",
      message: `${name} reports the fault ${device.fault.code}`,
      device: id,
      sinceAt: device.fault.since,
    });
  }
  if (device.fallingTotal !== null) {
    const { point, from, to } = device.fallingTotal;
    const message = `${name} reports values that jump, ${pointOf(point).name} between ${from} and ${to}: two devices may use the same topic_prefix; give each its own. Energy is not counted over such jumps`;
    raised.push({ id: `jumping_values/${id}`, severity: "error", message, device: id });
  }
  for (const feed of device.feeds) {
    if (feed.state === "holding" || feed.state === "fallback") {
      const message = `Room feed of zone ${feed.zone}: ${feed.reason ?? feed.state}`;
      const sinceAt = feed.since;
      raised.push({ id: `room_feed/${id}/${feed.zone}`, severity: "warning", message, device: id, sinceAt });
    }
    if (feed.feederTrouble !== null) {
      const message = `Room feed of zone ${feed.zone}: ${feed.feederTrouble}`;
      raised.push({ id: `second_feeder/${id}/${feed.zone}`, severity: "warning", message, device: id });
    }
    for (const { entity, name: room, reason, doubtedAt } of feed.rooms) {
      if (doubtedAt === null || at - doubtedAt < doubtedMs) continue;
      const message = `${room} is not used for the room feed of zone ${feed.zone}: it ${reason ?? "is not plausible"}`;
      raised.push({ id: `room/${id}/${entity}`, severity: "warning", message, device: id, sinceAt: doubtedAt });
    }
  }
  return raised;
}
