import fs from "node:fs/promises";
import { join } from "node:path";
import { type Access, openAccess } from "@heatloop/ha-addon/access/access";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { examplePassword, writeExamplePassword } from "./access.ts";
import { exampleNow } from "./device.ts";

export const thisMachine = { address: "127.0.0.1", isMachine: true };
export const elsewhere = { address: "192.0.2.7", isMachine: false };

/** Who may, of a folder; `fill` makes its disk full. */
export async function openedAccess(folder = temporaryFolder(), clock = simulatedClock(exampleNow)) {
  let isFull = false;
  const disk = {
    ...fs,
    open: ((...args: Parameters<typeof fs.open>) => {
      if (isFull && args[1] === "w") throw Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" });
      return fs.open(...args);
    }) as typeof fs.open,
  };
  const log = recordingLog();
  const access = await openAccess({ folder, clock, log, disk });
  const fill = (full: boolean) => {
    isFull = full;
  };
  return { access, folder, clock, log, file: join(folder, "access.json"), fill };
}

/** The same with the example's password; `secret` is that of a session of its owner. */
export async function ownedAccess(folder = temporaryFolder(), clock = simulatedClock(exampleNow)) {
  writeExamplePassword(folder);
  const all = await openedAccess(folder, clock);
  return { ...all, secret: secretOf(await all.access.signIn(examplePassword, thisMachine)) };
}

/** What the owner of a session that was begun shows. */
export function secretOf(begun: Awaited<ReturnType<Access["signIn"]>>): string {
  if (!begun.ok) throw new Error(begun.why);
  return begun.secret;
}
