import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import { type OtherInstallation, separateAdvice } from "../mqtt/shared-heat-pumps.ts";

/** The other installations that this one has seen at the broker. */
export type OtherInstallations = {
  /** Those that are online now. */
  living(): readonly OtherInstallation[];
  /** Whether one has been offline for so long that another one may publish for its heat pumps. */
  isGone(id: string): boolean;
  /** Takes that one is online or not; `exists` false: its status was cleared. Hands back what is different now. */
  takeStatus(id: string, status: { readonly online: boolean; readonly exists: boolean }): "came" | "left" | "same";
  /** Takes the ids of the heat pumps that one follows; true where they are other ones than before. */
  takeHeatPumps(id: string, heatPumps: readonly string[]): boolean;
};

/** A restart, an update or a reboot of the machine takes less. */
const goneMs = 10 * minuteMs;
/** More than any house has; what else is published under such topics is not kept. */
const mostOthers = 100;

/** What other installations at the broker publish of themselves, and for how long they have been gone. */
export function otherInstallations({ clock, log }: { readonly clock: Clock; readonly log: Log }): OtherInstallations {
  const startedAt = clock.now();
  const statuses = new Map<string, { readonly online: boolean; readonly since: number }>();
  const followed = new Map<string, readonly string[]>();
  return {
    living() {
      const online = [...statuses].filter(([, status]) => status.online);
      return online.map(([id]) => ({ id, heatPumps: followed.get(id) ?? [] }));
    },
    isGone(id) {
      const { online, since } = statuses.get(id) ?? { online: false, since: startedAt };
      return !online && clock.now() - since >= goneMs;
    },
    takeStatus(id, { online, exists }) {
      const before = statuses.get(id);
      if (before === undefined && statuses.size >= mostOthers) return "same";
      if (!exists) statuses.delete(id);
      else if (before?.online !== online) statuses.set(id, { online, since: clock.now() });
      if ((before?.online === true) === online) return "same";
      if (online) log.info("another Heatloop is at this broker", { installation: id });
      else log.info("the other Heatloop is no longer at this broker", { installation: id });
      return online ? "came" : "left";
    },
    takeHeatPumps(id, heatPumps) {
      if (!followed.has(id) && followed.size >= mostOthers) return false;
      if (JSON.stringify(heatPumps) === JSON.stringify(followed.get(id) ?? [])) return false;
      followed.set(id, heatPumps);
      return true;
    },
  };
}

/** Logs once of each other installation which heat pumps of this one it follows; `forget` one that left. */
export function sharedHeatPumpsLog(log: Log): {
  update(own: readonly string[], others: readonly OtherInstallation[]): void;
  forget(id: string): void;
} {
  const logged = new Map<string, string>();
  return {
    update(own, others) {
      for (const { id, heatPumps } of others) {
        const shared = heatPumps.filter((device) => own.includes(device)).join(", ");
        if (shared === (logged.get(id) ?? "")) continue;
        logged.set(id, shared);
        if (shared === "") log.info("the other Heatloop does not follow our heat pumps any more", { installation: id });
        else
          log.warn(`another Heatloop follows the same heat pump: ${problemText(separateAdvice, "en")}`, {
            installation: id,
            shared,
          });
      }
    },
    forget: (id) => logged.delete(id),
  };
}
