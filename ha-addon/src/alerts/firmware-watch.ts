import { z } from "zod";
import type { StateFile } from "../base/state-file.ts";
import type { FirmwareChange } from "./alert-rule.ts";

/** Points that say which firmware an ESP32 has; either may be missing. */
export const firmwarePoints = ["firmware_version", "esp_version"] as const;
type FirmwarePoint = (typeof firmwarePoints)[number];

/** What is known of the firmware of a heat pump now; null: not known. */
export type FirmwareVersions = Readonly<Record<FirmwarePoint, string | null>>;

const known = z.object({
  versions: z.object({ firmware_version: z.string().nullable(), esp_version: z.string().nullable() }),
  change: z.object({ from: z.string(), to: z.string(), at: z.number() }).nullable(),
});
/** The firmware that a heat pump had last, and its last change. */
export type KnownFirmware = { readonly versions: FirmwareVersions; readonly change: FirmwareChange | null };

const unknownFirmware: KnownFirmware = { versions: { firmware_version: null, esp_version: null }, change: null };

/** The firmware after a look: the first version is no change, and one that is not known now is the one before. */
export function firmwareAfter(before: KnownFirmware, now: FirmwareVersions, at: number): KnownFirmware {
  let { versions, change } = before;
  for (const point of [...firmwarePoints].reverse()) {
    const [from, to] = [versions[point], now[point]];
    if (to === null || to === from) continue;
    versions = { ...versions, [point]: to };
    if (from !== null) change = { from, to, at };
  }
  return versions === before.versions ? before : { versions, change };
}

/** The last change of the firmware of each heat pump, remembered over restarts. */
export type FirmwareWatch = {
  changeOf(device: string, now: FirmwareVersions, at: number): FirmwareChange | null;
};

/** Begins with what the run before knew. */
export async function openFirmwareWatch(stateFile: StateFile): Promise<FirmwareWatch> {
  const saved = z.record(z.string(), z.unknown()).safeParse(await stateFile.read()).data ?? {};
  const firmware = new Map<string, KnownFirmware>();
  for (const [device, each] of Object.entries(saved)) {
    const { data } = known.safeParse(each);
    if (data !== undefined) firmware.set(device, data);
  }
  return {
    changeOf(device, now, at) {
      const before = firmware.get(device) ?? unknownFirmware;
      const after = firmwareAfter(before, now, at);
      if (after !== before) {
        firmware.set(device, after);
        void stateFile.write(Object.fromEntries(firmware));
      }
      return after.change;
    },
  };
}
