import { zoneOf } from "@heatloop/core/time/local-day";
import { type Ends, endAll } from "../base/ends.ts";
import { type HomeOrder, startHome } from "./home.ts";

/** What the process of homes tells the one that started it. */
export type HomesMessage =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "started"; readonly urls: readonly string[] }
  | { readonly kind: "failed"; readonly why: string };

const ends: Ends = [];
let isEnding = false;
const tell = (message: HomesMessage) => process.send?.(message);

/** Some homes in one process, each by an order that comes as a message; it ends with whoever started it. */
process.once("message", (orders: readonly HomeOrder[]) => void start(orders));
for (const signal of ["SIGTERM", "disconnect"] as const) process.on(signal, () => void end());
process.on("SIGINT", () => {});

async function start(orders: readonly HomeOrder[]): Promise<void> {
  const zone = zoneOf(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? zoneOf("UTC");
  if (zone === undefined) throw new Error("this machine knows no time zones");
  try {
    const urls: string[] = [];
    for (const [i, order] of orders.entries()) {
      const onProgress = (share: number) => tell({ kind: "progress", share: (i + share) / orders.length });
      urls.push((await startHome(order, { zone, onProgress, ends })).url);
    }
    tell({ kind: "started", urls });
  } catch (error) {
    tell({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
}

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await endAll(ends).catch(() => {});
  process.exit(0);
}
