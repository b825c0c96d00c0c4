import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { temporaryFolder } from "./temporary-folder.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The real Chromium of the machine, without what it does on its own account; CHROMIUM names another one. `network`: the network
 * namespace that it runs in. Chromium ends what is under way when an interface comes or goes, such as that of another test's server.
 */
export async function openBrowser(network?: string): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error("no Chromium here: install it, or name it in CHROMIUM");
  return chromium.launch({
    executablePath: network === undefined ? executablePath : inNetwork(network, executablePath),
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** A program that runs another one in a network namespace, for as long as the test. */
function inNetwork(network: string, program: string): string {
  const file = join(temporaryFolder(), "in-network");
  writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${network} ${program} "$@"\n`, { mode: 0o755 });
  return file;
}
