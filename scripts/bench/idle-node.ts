import { runProgram } from "./processes.ts";

/** The most memory in RAM of Node that only asks for it, MB (Linux). */
export function idleNodeMb(): number {
  const program =
    'console.log(/VmHWM:\\s+(\\d+)/.exec(require("node:fs").readFileSync("/proc/self/status", "utf8"))[1])';
  return Number(runProgram(process.execPath, ["-e", program])) / 1024;
}
