import type { HomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import type { HomeAssistantMessage } from "@heatloop/ha-addon/home-assistant/session";

export type FakeRow = { readonly state: number; readonly sum: number };
type Metadata = { readonly statistic_id: string; readonly source: string; readonly name: string };
type Imported = Metadata & { readonly rows: Map<number, FakeRow> };

/** Home Assistant's recorder as its long-term statistics are written and read (recorder/websocket_api.py of 2026.11). */
export type FakeRecorder = Pick<HomeAssistant, "connected" | "onConnected" | "send"> & {
  readonly statistics: ReadonlyMap<string, Imported>;
  /** Imports with their number of rows. */
  readonly imports: { readonly metadata: Metadata; readonly rows: number }[];
  /** How often rows were asked for. */
  asked(): number;
  /** What each hour is more than the one before, kWh, by ISO time. */
  changes(id: string): Record<string, number>;
  refuse(why: string | undefined): void;
  /** Accepts imports and stores them only when it goes on, as the recorder's queue does. */
  pause(is: boolean): void;
  disconnect(): void;
  connect(): void;
};

const isoOf = (at: number) => new Date(at).toISOString();

export function fakeRecorder(): FakeRecorder {
  const statistics = new Map<string, Imported>();
  const imports: FakeRecorder["imports"][number][] = [];
  const watchers = new Set<() => void>();
  let connected = true;
  let refusal: string | undefined;
  let asked = 0;
  let queue: (() => void)[] | undefined;

  function sorted(id: string): readonly (readonly [number, FakeRow])[] {
    return [...(statistics.get(id)?.rows ?? [])].sort(([a], [b]) => a - b);
  }

  function take(message: HomeAssistantMessage): void {
    const metadata = message.metadata as Metadata;
    const stats = message.stats as readonly { readonly start: string; readonly state: number; readonly sum: number }[];
    if (!/^(?!.+__)(?!_)[\da-z_]+(?<!_):(?!_)[\da-z_]+(?<!_)$/.test(metadata.statistic_id)) {
      throw new Error("Invalid statistic_id");
    }
    imports.push({ metadata, rows: stats.length });
    const store = () => {
      const { rows = new Map<number, FakeRow>() } = statistics.get(metadata.statistic_id) ?? {};
      for (const { start, state, sum } of stats) rows.set(Date.parse(start), { state, sum });
      statistics.set(metadata.statistic_id, { ...metadata, rows });
    };
    if (queue === undefined) store();
    else queue.push(store);
  }

  function rowsOf(message: HomeAssistantMessage): unknown {
    asked += 1;
    const [from, to] = [Date.parse(String(message.start_time)), Date.parse(String(message.end_time))];
    const answer: Record<string, unknown> = {};
    for (const id of message.statistic_ids as readonly string[]) {
      const rows = sorted(id).map(([start, row]) => ({ start, ...row }));
      const inTime = rows.filter(({ start }) => start >= from && start < to);
      const monthOf = (start: number) => Date.parse(`${isoOf(start).slice(0, 7)}-01T00:00:00Z`);
      const months = [...new Set(inTime.map(({ start }) => monthOf(start)))];
      if (inTime.length === 0) continue;
      answer[id] =
        message.period === "hour"
          ? inTime
          : months.map((start) => ({ start, sum: rows.findLast((row) => monthOf(row.start) === start)?.sum }));
    }
    return answer;
  }

  return {
    statistics,
    imports,
    asked: () => asked,
    connected: () => connected,
    onConnected(work) {
      watchers.add(work);
      if (connected) work();
      return () => watchers.delete(work);
    },
    async send(message) {
      if (!connected) throw new Error("Home Assistant is not connected");
      if (refusal !== undefined) throw new Error(refusal);
      switch (message.type) {
        case "recorder/list_statistic_ids":
          return [...statistics.values()].map(({ rows: _, ...metadata }) => metadata);
        case "recorder/statistics_during_period":
          return rowsOf(message);
        case "recorder/import_statistics":
          return take(message);
        default:
          throw new Error(`unknown_command: ${message.type}`);
      }
    },
    changes(id) {
      let before = 0;
      return Object.fromEntries(
        sorted(id).map(([at, { sum }]) => {
          const change = Math.round((sum - before) * 1000) / 1000;
          before = sum;
          return [isoOf(at), change];
        }),
      );
    },
    refuse(why) {
      refusal = why;
    },
    pause(is) {
      for (const store of queue ?? []) store();
      queue = is ? [] : undefined;
    },
    disconnect() {
      connected = false;
    },
    connect() {
      connected = true;
      for (const work of watchers) work();
    },
  };
}
