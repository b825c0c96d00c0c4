import type { HomeEventKind } from "@heatloop/core/hub/home-events";
import type { Transition } from "@heatloop/core/live/transition";
import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { AlertEvent } from "../alerts/alert-event.ts";
import { alertSentence } from "../alerts/alert-sentence.ts";
import type { LiveAlerts } from "../alerts/live-alerts.ts";
import { ruleIdOf } from "../alerts/rules/alert-timing.ts";
import type { HomeEventTeller } from "../hub/home-event-teller.ts";
import type { Wiring } from "./wiring.ts";

const lookedEachMs = 10 * secondMs;
/** A broker that restarts is no news. */
const lostAfterMs = 30 * secondMs;
/** A clock that goes on drifting is told again. */
const clockStepS = 60;

/** Tells the hub of alerts, the broker and the clock; nothing while the settings have no hub. */
export function tellHomeEvents(wiring: Wiring, alerts: Pick<LiveAlerts, "onEvent">): Stop {
  const { parts, homeEvents } = wiring;
  const lookAtBroker = brokerWatch(wiring, homeEvents);
  const lookAtClock = clockWatch(wiring, homeEvents);
  const stops = [
    alerts.onEvent((event) => tellAlert(homeEvents, event)),
    parts.clock.every(lookedEachMs, () => {
      lookAtBroker();
      lookAtClock();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Tells of what matters of a heat pump's transitions; the archive has all of them. */
export function tellTransition(
  homeEvents: HomeEventTeller,
  device: string,
  { kind, from, to, zone, durationS }: Transition,
): void {
  if (kind === "online") {
    const what = to === "online" ? "heat_pump_back" : "heat_pump_lost";
    homeEvents.tell(what, device, { seconds_before: durationS });
  }
  if (kind === "room_feed") homeEvents.tell("room_feed", device, { zone: zone ?? null, from, to });
}

function tellAlert(homeEvents: HomeEventTeller, { kind, alert }: AlertEvent): void {
  const kinds: Partial<Record<AlertEvent["kind"], HomeEventKind>> = {
    raised: "alert_raised",
    cleared: "alert_cleared",
  };
  const told = kinds[kind];
  if (told === undefined) return;
  const { id, severity, problem, device, sinceAt } = alert;
  homeEvents.tell(told, device, {
    ...{ alert: id, rule: ruleIdOf(id), severity, message: alertSentence(problem, "en") },
    since: new Date(sinceAt).toISOString(),
  });
}

function brokerWatch({ parts: { clock, mqtt } }: Wiring, homeEvents: HomeEventTeller): () => void {
  let lostAt: number | undefined;
  return () => {
    const { connected, since } = mqtt.status();
    const now = clock.now();
    if (!connected && lostAt === undefined && now - since >= lostAfterMs) {
      lostAt = since;
      homeEvents.tell("broker_lost", null, { since: new Date(since).toISOString() });
    }
    if (connected && lostAt !== undefined) {
      homeEvents.tell("broker_back", null, { seconds: Math.max(0, Math.round((since - lostAt) / secondMs)) });
      lostAt = undefined;
    }
  };
}

function clockWatch({ hub }: Wiring, homeEvents: HomeEventTeller): () => void {
  let told: number | null = null;
  return () => {
    const { clockBehindS } = hub.state();
    if (clockBehindS === null) {
      if (told !== null) homeEvents.tell("clock_right", null, {});
      told = null;
    } else if (Math.abs(clockBehindS - (told ?? 0)) >= clockStepS) {
      homeEvents.tell("clock_off", null, { behind_s: clockBehindS });
      told = clockBehindS;
    }
  };
}
