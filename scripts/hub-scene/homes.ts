import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { HomeOrder } from "./home.ts";
import type { HomesMessage } from "./homes-program.ts";

const program = join(import.meta.dirname, "homes-program.ts");

/** Homes that run, in as many processes as there are processors. */
export type Homes = {
  /** Of their own pages, in the order of their orders. */
  readonly urls: readonly string[];
  close(): Promise<void>;
};

/** Starts homes; `onProgress` gets the share of their past that is made, 0 to 1. Rejected with the first reason why one cannot start. */
export async function startHomes(orders: readonly HomeOrder[], onProgress: (share: number) => void): Promise<Homes> {
  const count = Math.min(orders.length, availableParallelism());
  const shares = new Array<number>(count).fill(0);
  const children: ChildProcess[] = [];
  const close = async () => {
    await Promise.all(children.map(ended));
  };
  const groups = Array.from({ length: count }, (_, i) => orders.filter((_order, at) => at % count === i));
  try {
    const started = groups.map((group, i) => {
      const child = fork(program, { execArgv: ["--disable-warning=ExperimentalWarning"] });
      children.push(child);
      child.send(group);
      return startedUrls(child, (share) => {
        shares[i] = share;
        onProgress(shares.reduce((sum, each) => sum + each, 0) / count);
      });
    });
    const urls = await Promise.all(started);
    return { urls: orders.map((_order, at) => urls[at % count]?.[Math.floor(at / count)] as string), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function startedUrls(child: ChildProcess, onProgress: (share: number) => void): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: HomesMessage) => {
      if (message.kind === "progress") onProgress(message.share);
      else if (message.kind === "started") resolve(message.urls);
      else reject(new Error(`A home could not be started: ${message.why}`));
    });
    child.once("exit", () => reject(new Error("The homes ended before they had started.")));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}
