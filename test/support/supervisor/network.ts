import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "#test/support/wait-for.ts";

/** Where the Supervisor is in the network of its apps, on port 80; its ingress comes from there too. */
export const supervisorAddress = "172.30.32.2";
export const appAddress = "172.30.33.5";

/** The network of the Supervisor's apps on this machine, which has the Supervisor's address in it, with one app. */
export type AppNetwork = {
  /** What runs a command where the app is. */
  readonly inApp: readonly string[];
  close(): Promise<void>;
};

const bridge = "hassio-test";

/** Makes it; needs root. Of two test runs on a machine the second one waits until the first one has ended. */
export async function startAppNetwork(): Promise<AppNetwork> {
  // Ends with this process, whatever becomes of it, and the network with it.
  const holder = spawn("unshare", ["--net", "cat"], { stdio: ["pipe", "pipe", "ignore"] });
  holder.stdin.write("up\n");
  await once(holder.stdout, "data");
  const inApp = ["nsenter", `--net=/proc/${holder.pid}/ns/net`];
  await waitFor(() => linked(holder), `the network ${bridge} of another test run is gone`, 100_000, 500);
  run("ip", "address", "add", `${supervisorAddress}/23`, "dev", bridge);
  run("ip", "link", "set", bridge, "up");
  run(...inApp, "ip", "address", "add", `${appAddress}/23`, "dev", "eth0");
  for (const device of ["lo", "eth0"]) run(...inApp, "ip", "link", "set", device, "up");
  return {
    inApp,
    async close() {
      run("ip", "link", "delete", bridge);
      const ended = once(holder, "exit");
      holder.stdin.end();
      await ended;
    },
  };
}

/** Whether such a network can be made here. */
export function canMakeNetwork(): boolean {
  try {
    run("unshare", "--net", "ip", "link", "add", bridge, "type", "veth", "peer", "name", "eth0");
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}

function linked(holder: ChildProcess): boolean {
  try {
    run("ip", ...`link add ${bridge} type veth peer name eth0 netns ${holder.pid}`.split(" "));
    return true;
  } catch {
    return false;
  }
}

function run(command = "", ...args: string[]): void {
  execFileSync(command, args, { stdio: "ignore" });
}
