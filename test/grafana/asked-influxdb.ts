import { minutePoint } from "@heatloop/core/influx/archive-points";
import { influxLine } from "@heatloop/core/influx/line-protocol";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { emptiedInfluxDb, type TestInfluxDb } from "#test/support/influx/influxdb.ts";
import { type Filled, filledQuery, shownPanels } from "./panels.ts";
import type { TableRow } from "./transformed.ts";

/** A real InfluxDB that panels are asked of, with minutes of any heat pump. */
export type AskedInfluxDb = {
  write(device: string, minutes: readonly Minute[]): Promise<void>;
  /** What a panel shows, by the names of its dashboard and its own. */
  shown(name: string, filled: Omit<Filled, "interval">): Promise<readonly TableRow[]>;
  query: TestInfluxDb["query"];
};

/** It is empty before each test of the file. */
export function askedInfluxDb(): AskedInfluxDb {
  const server = emptiedInfluxDb();
  return {
    async write(device, minutes) {
      for (let i = 0; i < minutes.length; i += 5000) {
        const lines = minutes.slice(i, i + 5000).map((minute) => influxLine(minutePoint(minute, { device })));
        await server().write(lines.join("\n"));
      }
    },
    shown(name, filled) {
      const panel = shownPanels.find((each) => each.name === name)?.panel;
      const query = panel?.targets?.[0]?.query;
      if (query === undefined) throw new Error(`no panel ${name}`);
      return server().query(filledQuery(query, { ...filled, interval: "1h" }));
    },
    query: (...asked) => server().query(...asked),
  };
}

/** Heating minute by minute, each with another heat. */
export function heating(from: number, to: number, heatOf = (minute: number) => 30 + (minute % 7)): Minute[] {
  return Array.from({ length: (to - from) / minuteMs }, (_, i) => {
    const minute = Math.round(from / minuteMs) + i;
    return wholeMinute(from + i * minuteMs, "heating", { heatWh: heatOf(minute), electricityWh: 10 });
  });
}

/** The heat of some minutes, Wh. */
export function sumOf(minutes: readonly Minute[]): number {
  return minutes.reduce((wh, { figures }) => wh + (figures.heat_wh ?? 0), 0);
}

/** A figure to six places, as sums of floats differ in their last ones. */
export function rounded(value: TableRow[string] | undefined): number | null {
  return typeof value === "number" ? Math.round(value * 1e6) / 1e6 : null;
}
