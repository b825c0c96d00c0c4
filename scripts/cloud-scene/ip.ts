import { execFileSync } from "node:child_process";

/**
 * Changes the machine's networks with `ip`; throws where it refuses. In a session of its own, so that a Ctrl-C in the terminal does
 * not end it halfway.
 */
export function ip(words: string): void {
  execFileSync("setsid", ["ip", ...words.split(" ")], { stdio: ["ignore", "ignore", "pipe"] });
}
