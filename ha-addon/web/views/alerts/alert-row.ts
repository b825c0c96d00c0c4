import type { LiveAlert } from "../../live/live-data.ts";
import { instantText } from "../../look/formats.ts";
import type { PageInput } from "../../page/page-input.ts";

/** An alert as `/ws` and `GET api/alerts` have it; a program that keeps no alerts has the first five keys alone. */
export type AlertRow = LiveAlert;

const order = { error: 0, warning: 1, info: 2 } as const satisfies Readonly<Record<AlertRow["severity"], number>>;

/** The worst first, of the same severity the latest; what somebody has seen comes after all else. */
export function inOrder(alerts: readonly AlertRow[]): readonly AlertRow[] {
  const rank = (alert: AlertRow) => order[alert.severity] + (alert.acknowledged ? 10 : 0);
  return [...alerts].sort((one, other) => rank(one) - rank(other) || Date.parse(other.since) - Date.parse(one.since));
}

/** The name of an alert's heat pump, where there are several. */
export function deviceName({ device }: AlertRow, { live }: PageInput): string | undefined {
  return live.devices.length < 2
    ? undefined
    : (live.devices.find(({ id }) => id === device)?.name ?? device ?? undefined);
}

/** An instant of the API, in the program's time zone. */
export function timeOf(instant: string, { clock, language, live }: PageInput): string {
  return instantText(Date.parse(instant), clock.now(), { language, timeZone: live.timeZone });
}
