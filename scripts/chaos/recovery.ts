import { z } from "zod";
import { waitFor } from "#test/support/wait-for.ts";
import { type House, prefix } from "./house.ts";

const health = z.object({
  status: z.string(),
  devices: z.array(z.object({ id: z.string(), online: z.boolean().nullable(), last_seen: z.string().nullable() })),
});

/** Chosen: what takes longer is no recovery. */
const longestMs = 90_000;
const eachMs = 50;

/**
 * Waits until the program is well again: `online` at the broker, well by its own account, and with a reading taken after
 * `since`, a time of the program's clock. Rejects where that takes longer than 90 s.
 */
export async function untilRecovered(house: House, since: number): Promise<void> {
  let last = "it does not answer";
  const isWell = async () => {
    last = await whyNot(house, since);
    return last === "";
  };
  await waitFor(isWell, "the program is well again", longestMs, eachMs).catch(() => {
    throw new Error(`the program was not well again within ${longestMs / 1000} s: ${last}`);
  });
}

async function whyNot({ programUrl, observer }: House, since: number): Promise<string> {
  const answered = await healthOf(programUrl);
  if (answered === undefined) return "it does not answer";
  const { status, devices } = answered;
  if (status !== "ok") return `its health is ${JSON.stringify(answered)}`;
  const device = devices.find(({ id }) => id === prefix);
  if (device?.online !== true) return "the heat pump is not online for it";
  if (Date.parse(device.last_seen ?? "") <= since) return `it took its last reading at ${device.last_seen}`;
  return observer.status() === "online" ? "" : "it is not online at the broker";
}

async function healthOf(programUrl: string): Promise<z.output<typeof health> | undefined> {
  try {
    const response = await fetch(`${programUrl}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return health.parse(await response.json());
  } catch {
    return undefined;
  }
}
