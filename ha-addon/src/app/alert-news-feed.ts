import type { Stop } from "@heatloop/core/time/clock";
import type { Alert } from "../alerts/alert.ts";
import type { AlertNews } from "../alerts/alert-news.ts";
import { alertSentence } from "../alerts/alert-sentence.ts";
import { backgroundClock } from "../base/background.ts";
import type { HeatloopView } from "../web/view.ts";
import type { Wiring } from "./wiring.ts";

/** What begins and what ends between two evaluations of the alerts, for those who tell people outside. */
export function newsOfAlerts(
  { parts }: Pick<Wiring, "parts">,
  view: Pick<HeatloopView, "alerts" | "devices" | "language">,
  eachMs: number,
): (tell: (news: AlertNews) => void) => Stop {
  const { clock, log } = parts;

  function newsOf(kind: AlertNews["kind"], { id, severity, problem, device, sinceAt }: Alert): AlertNews {
    const deviceName = view.devices().find((each) => each.id === device)?.name ?? null;
    return {
      kind,
      id,
      severity,
      message: alertSentence(problem, view.language()),
      device,
      deviceName,
      sinceAt,
      at: clock.now(),
    };
  }

  return (tell) => {
    let before: readonly Alert[] = [];
    return backgroundClock(clock, log, "alerts by channels").every(eachMs, () => {
      const now = view.alerts();
      const isIn = (list: readonly Alert[], { id }: Alert) => list.some((each) => each.id === id);
      const begun = now.filter((alert) => !isIn(before, alert));
      const over = before.filter((alert) => !isIn(now, alert));
      before = now;
      for (const alert of over) tell(newsOf("cleared", alert));
      for (const alert of begun) tell(newsOf("raised", alert));
    });
  };
}
