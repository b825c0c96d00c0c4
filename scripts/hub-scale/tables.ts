import { type FleetNeeds, fleetNeeds, type HostPrices } from "./fleet-needs.ts";
import { type OutageEnd, recoveryAfter } from "./outage.ts";

export type HubScaleOptions = {
  readonly homes: readonly number[];
  readonly rawDays: number;
  readonly outageMinutes: number;
  readonly spreadS: number;
  readonly prices: HostPrices;
};

/** What each number of homes needs, as a table in Markdown. */
export function needsTable({ homes, ...options }: HubScaleOptions): string {
  const columns: Readonly<Record<string, (needs: FleetNeeds) => string>> = {
    homes: (needs) => whole(needs.homes),
    "rows/s": (needs) => short(needs.rowsPerS),
    "messages/s": (needs) => short(needs.messagesPerS),
    "of Mosquitto's core": (needs) => `${short(needs.brokerShare * 100)} %`,
    "busy cores": (needs) => short(needs.busyCores),
    "cores to have": (needs) => whole(needs.cores),
    [`rows of ${options.rawDays} days, GB`]: (needs) => short(needs.rawGb),
    "sums of a year, GB": (needs) => short(needs.summedUpGbPerYear),
    "log, GB a day": (needs) => short(needs.walGbPerDay),
    "cost a month": (needs) => whole(needs.monthlyCost),
  };
  return table(
    Object.keys(columns),
    homes.map((count) => Object.values(columns).map((cell) => cell(fleetNeeds(count, options)))),
  );
}

/** How each of them gets over an outage on the cores that it has. */
export function outageTable({ homes, outageMinutes, spreadS, ...options }: HubScaleOptions): string {
  const rows = homes.map((count) => {
    const { cores } = fleetNeeds(count, options);
    return { count, cores, ...recoveryAfter({ homes: count, minutes: outageMinutes, cores, spreadS }) };
  });
  const columns: Readonly<Record<string, (row: OutageEnd & { count: number; cores: number }) => string>> = {
    homes: ({ count }) => whole(count),
    cores: ({ cores }) => whole(cores),
    "rows that wait at homes": ({ mostRowsAtHomes }) => whole(mostRowsAtHomes),
    "newest rows again after, s": ({ liveAgainS }) => whole(liveAgainS),
    "all caught up after, s": ({ caughtUpS }) => (caughtUpS === undefined ? "never" : whole(caughtUpS)),
  };
  return table(
    Object.keys(columns),
    rows.map((row) => Object.values(columns).map((cell) => cell(row))),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---:"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** To two digits, as the figures behind it have no more. */
function short(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString("en", { maximumFractionDigits: 6 });
}
