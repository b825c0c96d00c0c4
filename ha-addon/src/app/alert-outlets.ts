import type { Stop } from "@heatloop/core/time/clock";
import type { LiveAlerts } from "../alerts/live-alerts.ts";
import { publishAlerts } from "../alerts/publish-alerts.ts";
import { tellHomeAssistant } from "../alerts/tell-home-assistant.ts";
import { programLanguage } from "./program-language.ts";
import { type BrokerPresence, readyHeatPumps, type Wiring } from "./wiring.ts";

/** Tells the broker and Home Assistant of the alerts. */
export function startAlertOutlets(wiring: Wiring, alerts: LiveAlerts, { publishingRight }: BrokerPresence): Stop {
  const { parts, zone } = wiring;
  const { clock, log, mqtt, homeAssistant, settings } = parts;
  const language = () => programLanguage(parts);
  const stopPublishing = publishAlerts({
    alerts,
    mqtt,
    clock,
    log,
    zone,
    language,
    devices: () => readyHeatPumps(wiring).map(({ device }) => device.id),
    publishingRight,
  });
  const stopTelling = homeAssistant && tellHomeAssistant({ alerts, homeAssistant, settings, log, zone, language });
  return () => {
    stopPublishing();
    stopTelling?.();
  };
}
