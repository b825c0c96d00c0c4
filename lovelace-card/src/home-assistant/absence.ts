import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { type AddonAnswer, askAddon } from "./addon.ts";
import type { HeatPumpEntity } from "./entity-id.ts";
import type { Hass } from "./hass.ts";
import { situationEntities } from "./situation.ts";
import { stateOf, type ValueSource } from "./value.ts";

/** Who may be away: the heat pump or its ESP32, Heatloop's app, the broker, or one of the last two. */
export type AbsentParty = "heat_pump" | "heatloop" | "broker" | "heatloop_or_broker";

/** Why nothing is known of what the heat pump does; `since` in ms since the epoch, null where that is not known. */
export type Absence = { readonly who: AbsentParty; readonly since: number | null };

/** What Heatloop itself says, which a heat pump that is offline leaves as it is. */
const ownEntities = [
  "operation",
  "today_heat",
  "today_electricity",
  "log",
] as const satisfies readonly HeatPumpEntity[];

/**
 * Who is away, of a heat pump of which nothing is known: Heatloop's own entities are there unless Heatloop or the broker is
 * away, which Home Assistant does not distinguish.
 */
export function absenceOf(source: ValueSource): Absence {
  const own = ownEntities.map((id) => stateOf(source, id)).filter((state) => state !== undefined);
  const isOwnAway = own.length > 0 && own.every(({ state }) => state === "unavailable");
  const away = (isOwnAway ? own : situationEntities.map((id) => stateOf(source, id))).filter(
    (state) => state?.state === "unavailable",
  );
  const since = Math.min(...away.map((state) => Date.parse(state?.last_changed ?? "")).filter(Number.isFinite));
  return {
    who: isOwnAway ? "heatloop_or_broker" : "heat_pump",
    since: Number.isFinite(since) ? since : null,
  };
}

/** Of `GET api/health` what is needed here. */
type Health = { readonly mqtt: { readonly state: string } };

/** Who is away, as the app's answer tells; undefined where that tells nothing. */
export function awayByAnswer(answer: AddonAnswer<Health>): AbsentParty | undefined {
  switch (answer.kind) {
    case "answer":
      return answer.value.mqtt.state === "connected" ? undefined : "broker";
    case "stopped":
      return "heatloop";
    case "refused":
      // What Home Assistant's ingress answers for an app that does not.
      return /^50[234]\b/.test(answer.reason) ? "heatloop" : undefined;
    default:
      return undefined;
  }
}

/** Asks Heatloop's app who is away for as long as that is not clear. */
export type AbsenceWatch = {
  /** The absence, more exactly where the app has answered. */
  exactly(hass: Hass, absence: Absence): Absence;
  stop(): void;
};

/** `changed` is called once more is known. */
export function watchAbsence(clock: Clock, changed: () => void): AbsenceWatch {
  let known: { readonly since: number | null; readonly who: AbsentParty | undefined; readonly at: number } | undefined;
  let isAsking = false;
  let stopWaiting: Stop = () => undefined;

  async function ask(hass: Hass, { since }: Absence): Promise<void> {
    isAsking = true;
    const who = awayByAnswer(await askAddon<Health>(hass, clock, "api/health"));
    isAsking = false;
    known = { since, who, at: clock.now() };
    stopWaiting = clock.after(minuteMs, changed);
    changed();
  }

  return {
    exactly(hass, absence) {
      if (absence.who !== "heatloop_or_broker") return absence;
      const isFresh = known !== undefined && known.since === absence.since && clock.now() - known.at < minuteMs;
      if (!isFresh && !isAsking) void ask(hass, absence);
      return { ...absence, who: (known?.since === absence.since && known.who) || absence.who };
    },
    stop() {
      stopWaiting();
    },
  };
}
