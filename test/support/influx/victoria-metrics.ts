import { freePort } from "#scripts/base/free-port.ts";
import { type ServerProcess, serverFolder, serverProcess } from "./server-process.ts";

/** A series as VictoriaMetrics exports it. */
type ExportedSeries = {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timestamps: readonly number[];
};

/** A real VictoriaMetrics, which keeps one value a moment and series. */
export type TestVictoriaMetrics = ServerProcess & {
  readonly url: string;
  /** All that it has of the series that match, as far as it shows them already. */
  series(match: string): Promise<readonly ExportedSeries[]>;
};

export async function startVictoriaMetrics(): Promise<TestVictoriaMetrics> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = serverFolder();
  const server = serverProcess({
    folder,
    command: "victoria-metrics",
    args: [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${folder}`,
      ...["-retentionPeriod=100y", "-dedup.minScrapeInterval=1ms", "-memory.allowedBytes=100MB"],
    ],
    health: `${url}/health`,
  });
  await server.start();
  return {
    ...server,
    url,
    async series(match) {
      // What was written is searched for only after a second or so, unless it is told to flush.
      await fetch(`${url}/internal/force_flush`);
      const query = new URLSearchParams({ "match[]": match, reduce_mem_usage: "0" });
      const text = await (await fetch(`${url}/api/v1/export?${query}`)).text();
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as ExportedSeries);
    },
  };
}
