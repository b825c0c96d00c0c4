import type { PriceProblem } from "./price-problems.ts";
import type { AlertView, HealthView } from "./web-view.ts";

/** What alerts are made of, at one moment. */
export type Situation = {
  readonly at: number;
  readonly health: HealthView;
  readonly settingsTrouble: string | null;
  readonly priceProblems: readonly PriceProblem[];
  readonly offlineMin: number;
  readonly devices: readonly {
    readonly id: string;
    readonly name: string;
    readonly online: boolean | null;
    readonly offlineSince: number | null;
    readonly fault: { readonly code: string; readonly since: number } | null;
    readonly feeds: readonly {
      readonly zone: number;
      readonly state: string;
      readonly reason: string | null;
      readonly since: number;
      readonly rooms: readonly {
        readonly entity: string;
        readonly name: string;
        readonly reason: string | null;
        readonly doubtedAt: number | null;
      }[];
    }[];
  }[];
};

/** A room that is in doubt for a moment only is nothing that a person has to know. */
const doubtedMs = 10 * 60_000;

type Found = Omit<AlertView, "sinceAt"> & { readonly sinceAt?: number | null };

/** Everything that a person should know or do now; an alert keeps its start as long as it stands. */
export function alertsOf(situation: Situation, before: readonly AlertView[]): AlertView[] {
  return [...ofProgram(situation), ...situation.devices.flatMap((device) => ofDevice(device, situation))].map(
    (found) => ({
      ...found,
      sinceAt: found.sinceAt ?? before.find((alert) => alert.id === found.id)?.sinceAt ?? situation.at,
    }),
  );
}

function ofProgram({ health, settingsTrouble, priceProblems }: Situation): Found[] {
  const found: Found[] = [];
  const add = (id: string, severity: AlertView["severity"], message: string, sinceAt: number | null = null) =>
    found.push({ id, severity, message, device: null, sinceAt });
  if (health.mqtt.state !== "connected") {
    const why = health.mqtt.detail ?? "no connection yet";
    add("mqtt", "error", `The MQTT broker is away, nothing is logged: ${why}`, health.mqtt.sinceAt);
  }
  if (health.homeAssistant.state === "away") {
    const why = health.homeAssistant.detail ?? "no connection yet";
    add(
      "home_assistant",
      "warning",
      `Home Assistant is away, rooms are not known: ${why}`,
      health.homeAssistant.sinceAt,
    );
  }
  if (health.archive.state === "failing") {
    add("archive", "error", `The log cannot be written: ${health.archive.detail ?? "the disk refuses it"}`);
  }
  if (settingsTrouble !== null) add("settings", "warning", settingsTrouble);
  for (const { source, message } of priceProblems) add(`prices/${source}`, "warning", message);
  return found;
}

function ofDevice(device: Situation["devices"][number], { at, offlineMin }: Situation): Found[] {
  const found: Found[] = [];
  const { offlineSince, name, id } = device;
  if (device.online === false && offlineSince !== null && at - offlineSince >= offlineMin * 60_000) {
    const message = `${name} is offline: check the ESP32's power and Wi-Fi`;
    found.push({ id: `offline/${id}`, severity: "error", message, device: id, sinceAt: offlineSince });
  }
  if (device.fault !== null) {
    found.push({
      id: `fault/${id}`,
      severity: "error",
      message: `${name} reports the fault ${device.fault.code}`,
      device: id,
      sinceAt: device.fault.since,
    });
  }
  for (const feed of device.feeds) {
    if (feed.state === "holding" || feed.state === "fallback") {
      const message = `Room feed of zone ${feed.zone}: ${feed.reason ?? feed.state}`;
      const sinceAt = feed.since;
      found.push({ id: `room_feed/${id}/${feed.zone}`, severity: "warning", message, device: id, sinceAt });
    }
    for (const { entity, name: room, reason, doubtedAt } of feed.rooms) {
      if (doubtedAt === null || at - doubtedAt < doubtedMs) continue;
      const message = `${room} is not used for the room feed of zone ${feed.zone}: it ${reason ?? "is not believed"}`;
      found.push({ id: `room/${id}/${entity}`, severity: "warning", message, device: id, sinceAt: doubtedAt });
    }
  }
  return found;
}
