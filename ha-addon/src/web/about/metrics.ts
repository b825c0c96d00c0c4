import { z } from "zod";
import { sendBody, type WebParts, type WebServer } from "../parts.ts";
import { problems } from "../problem.ts";
import { type MetricParts, metricRows } from "./metric-rows.ts";

/** What Prometheus reads. */
export function metricsRoute(app: WebServer, parts: WebParts & { readonly liveClients: () => number }): void {
  app.get(
    "/metrics",
    {
      schema: {
        summary: "The program and its heat pumps as Prometheus reads them",
        description: "The text format 0.0.4. What is not known is absent; energies are joules, temperatures °C.",
        tags: ["about"],
        response: { 200: { content: { "text/plain": { schema: z.string() } } }, ...problems },
      },
    },
    async (_request, reply) => sendBody(reply, mediaType, await metricsText(parts)),
  );
}

const mediaType = "text/plain; version=0.0.4; charset=utf-8";

/** All metrics of this moment in Prometheus' text format. */
export async function metricsText(parts: MetricParts): Promise<string> {
  // Most homes have no Prometheus, and the program starts faster without.
  const { Counter, Gauge, Registry } = await import("prom-client");
  const registry = new Registry();
  for (const { name, help, type, samples } of metricRows(parts)) {
    const known = samples.filter(({ value }) => value !== null);
    // A metric that is made shows 0 until it is set.
    if (known.length === 0) continue;
    const labelNames = Object.keys(known[0]?.labels ?? {});
    const metric = { name, help, labelNames, registers: [registry] };
    const take = type === "counter" ? new Counter(metric) : new Gauge(metric);
    for (const { value, labels = {} } of known) take.inc({ ...labels }, value ?? 0);
  }
  return registry.metrics();
}
