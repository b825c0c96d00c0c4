import { readFileSync } from "node:fs";

/** The most memory that a process has had in RAM, MB (Linux). That of getrusage begins with the parent's. */
export function highestResidentMb(process: number | "self" = "self"): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${process}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** What a process has in RAM now, MB (Linux). */
export function residentMb(process: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${process}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}
