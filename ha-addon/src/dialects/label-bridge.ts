import type { Stop } from "@heatloop/core/time/clock";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { type MappedLabel, mapLabels } from "./labels.ts";

type Parts = {
  readonly mqtt: Mqtt;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  /** Whether this installation publishes for the heat pump with a prefix. */
  readonly mayPublishFor: (prefix: string) => boolean;
};

const longestPayload = 1024;

/** Publishes what comes under labels that the settings explain in the topics that all else reads, and hands commands on. */
export function bridgeLabels(parts: Parts): Stop {
  let stops = begin(parts);
  const stopSettings = parts.settings.onChange((now, before) => {
    if (JSON.stringify(now.labels) === JSON.stringify(before.labels)) return;
    for (const stop of stops) stop();
    stops = begin(parts);
  });
  return () => {
    stopSettings();
    for (const stop of stops) stop();
  };
}

function begin(parts: Parts): readonly Stop[] {
  return mapLabels(parts.settings.current().labels).flatMap((label) => follow(parts, label));
}

function follow({ mqtt, mayPublishFor }: Parts, label: MappedLabel): readonly Stop[] {
  const send = (topic: string, payload: string, how: { readonly retain: boolean; readonly qos: 0 | 1 }) => {
    if (mayPublishFor(label.prefix)) void mqtt.publish(topic, payload, how).catch(() => false);
  };
  const state = mqtt.subscribe(label.ownState, (message) => {
    // What the broker kept is of before; the heat pump itself comes within seconds.
    const payload = message.retained ? undefined : textOf(message);
    if (payload !== undefined) send(label.knownState, label.read(payload), { retain: true, qos: 0 });
  });
  if (label.knownCommand === undefined) return [state];
  const command = mqtt.subscribe(label.knownCommand, (message) => {
    const payload = message.retained ? undefined : textOf(message);
    if (payload !== undefined) send(label.ownCommand, label.write(payload), { retain: false, qos: 1 });
  });
  return [state, command];
}

function textOf({ payload }: MqttMessage): string | undefined {
  return payload.length === 0 || payload.length > longestPayload ? undefined : new TextDecoder().decode(payload);
}
