import type { Notice } from "./shared-heat-pumps.ts";
import type { AlertView, HealthView } from "./web-view.ts";

/** What alerts are made of, at one moment. */
export type Situation = {
  readonly at: number;
  readonly health: HealthView;
  readonly settingsTrouble: string | null;
  /** What cannot be done at the broker, and who else is there. */
  readonly notices: readonly Notice[];
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
    }[];
  }[];
};

type Found = Omit<AlertView, "sinceAt"> & { readonly sinceAt?: number | null };

/** Everything that a person should know or do now; an alert keeps its start as long as it stands. */
export function alertsOf(situation: Situation, before: readonly AlertView[]): AlertView[] {
  const ofBroker = situation.notices.map((notice): Found => ({ ...notice, severity: "warning" }));
  return [
    ...ofProgram(situation),
    ...ofBroker,
    ...situation.devices.flatMap((device) => ofDevice(device, situation)),
  ].map((found) => ({
    ...found,
    sinceAt: found.sinceAt ?? before.find((alert) => alert.id === found.id)?.sinceAt ?? situation.at,
  }));
}

function ofProgram({ health, settingsTrouble }: Situation): Found[] {
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
  for (const { zone, state, reason, since } of device.feeds) {
    if (state !== "holding" && state !== "fallback") continue;
    const message = `Room feed of zone ${zone}: ${reason ?? state}`;
    found.push({ id: `room_feed/${id}/${zone}`, severity: "warning", message, device: id, sinceAt: since });
  }
  return found;
}
