import { deviceId, uniqueDeviceId } from "@heatloop/core/catalogue/prefix";
import { z } from "zod";
import type { StateFile } from "./state-file.ts";

/** The ids of the heat pumps, which are the names of their folders. Two prefixes never have the same one. */
export type DeviceIds = {
  /** The id of a heat pump that is there: its own from now on, also after it has gone. */
  of(prefix: string): string;
  /** The id of a prefix that a person wrote, or of an id. */
  named(text: string): string;
  /** Resolves when all of them are written. */
  close(): Promise<void>;
};

const remembered = z.array(z.object({ prefix: z.string(), id: z.string() }));

/** More than a house ever had; the oldest one is forgotten beyond it. */
const mostRemembered = 500;

/** Reads the ids that earlier runs gave; new ones are saved in `stateFile`. */
export async function openDeviceIds(stateFile: StateFile): Promise<DeviceIds> {
  const before = remembered.safeParse(await stateFile.read()).data ?? [];
  const ids = new Map(before.map(({ prefix, id }) => [prefix, id]));
  let written = Promise.resolve();

  function claim(prefix: string): string {
    const taken = new Set(ids.values());
    const id = uniqueDeviceId(prefix, (each) => taken.has(each));
    ids.set(prefix, id);
    const oldest = ids.keys().next().value;
    if (ids.size > mostRemembered && oldest !== undefined) ids.delete(oldest);
    written = stateFile.write([...ids].map(([each, idOfEach]) => ({ prefix: each, id: idOfEach })));
    return id;
  }

  return {
    of: (prefix) => ids.get(prefix) ?? claim(prefix),
    named: (text) => ids.get(text) ?? ([...ids.values()].includes(text) ? text : deviceId(text)),
    close: () => written,
  };
}
