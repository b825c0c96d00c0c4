import { z } from "zod";
import { waitFor } from "#test/support/wait-for.ts";
import { type ChaosHouse, prefix } from "./house.ts";

const health = z.object({
  status: z.string(),
  devices: z.array(z.object({ id: z.string(), online: z.boolean().nullable(), last_seen: z.string().nullable() })),
});

/** Chosen: what takes longer is no recovery. */
const longestMs = 90_000;
const eachMs = 50;

/** When the program took its last reading by its own account, as it writes it; undefined where it does not answer. */
export async function lastReading({ programUrl }: ChaosHouse): Promise<string | undefined> {
  const answered = await healthOf(programUrl);
  return answered?.devices.find(({ id }) => id === prefix)?.last_seen ?? undefined;
}

/**
 * Waits until the program is well again: `online` at the broker, well by its own account, and with another reading than the
 * `last` one of before. Rejects where that takes longer than 90 s.
 */
export async function untilRecovered(house: ChaosHouse, last: string | undefined): Promise<void> {
  let why = "";
  const isWell = async () => {
    why = await whyNot(house, last);
    return why === "";
  };
  await waitFor(isWell, "the program is well again", longestMs, eachMs).catch(() => {
    throw new Error(`the program was not well again within ${longestMs / 1000} s: ${why}`);
  });
}

async function whyNot({ programUrl, observer }: ChaosHouse, last: string | undefined): Promise<string> {
  const answered = await healthOf(programUrl);
  if (answered === undefined) return "it does not answer";
  const { status, devices } = answered;
  if (status !== "ok") return `its health is ${JSON.stringify(answered)}`;
  const device = devices.find(({ id }) => id === prefix);
  if (device?.online !== true) return "the heat pump is not online for it";
  if (device.last_seen === null || device.last_seen === last) return `it has had no reading since ${last}`;
  return observer.isOnline() ? "" : "it is not online at the broker";
}

async function healthOf(programUrl: string): Promise<z.output<typeof health> | undefined> {
  try {
    const response = await fetch(`${programUrl}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return health.parse(await response.json());
  } catch {
    return undefined;
  }
}
