import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { dayMs } from "@heatloop/core/time/durations";
import type { EndFault, Fault } from "../fault.ts";
import { type ChaosHouse, prefix } from "../house.ts";
import { injectInto, straceProblem } from "../strace.ts";

const noDisk = ({ disk }: ChaosHouse) =>
  disk === undefined ? "it needs a disk of its own, which root may mount" : undefined;

/** The files of minutes that the program may write now, also around midnight. */
function dayFiles({ archive, time }: ChaosHouse): string[] {
  return [-dayMs, 0, dayMs].map((shift) => {
    const date = new Date(time.programNow() + shift).toISOString().slice(0, 10);
    return join(archive, prefix, date.slice(0, 4), `${date}.csv`);
  });
}

function injected(name: string, inject: string, paths: (house: ChaosHouse) => readonly string[] = () => []): Fault {
  return {
    name,
    lastsS: [4, 12],
    // Every system call takes its time while strace looks.
    speed: 20,
    impossible: () => straceProblem(),
    async begin(house): Promise<EndFault> {
      const pid = house.parts.program.pid();
      return pid === undefined ? () => {} : injectInto(pid, inject, paths(house));
    },
  };
}

/** The disk of archive and data. */
export const diskFaults: readonly Fault[] = [
  {
    name: "disk full and back",
    lastsS: [3.5, 15],
    impossible: noDisk,
    begin({ disk }) {
      disk?.fill();
      return () => disk?.free();
    },
  },
  {
    name: "disk read-only and back",
    lastsS: [3.5, 15],
    impossible: noDisk,
    begin({ folder }) {
      // A second mount over the first one: the kernel does not take a right away that a file is open with.
      execFileSync("mount", ["--bind", folder, folder]);
      execFileSync("mount", ["-o", "remount,bind,ro", folder]);
      return () => void execFileSync("umount", ["-l", folder]);
    },
  },
  injected("slow fsync (1.5 s)", "fdatasync,fsync:delay_enter=1500000"),
  injected("fsync fails (EIO)", "fdatasync,fsync:error=EIO"),
  injected("writing fails (EIO)", "write,pwrite64:error=EIO", dayFiles),
];
