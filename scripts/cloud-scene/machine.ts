import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { networkInterfaces } from "node:os";

/**
 * What the cloud scene cannot do without on this machine, where it would have an address; each says what to do. Nothing is
 * changed by asking.
 */
export function machineLacks(address: string): string[] {
  if (process.platform !== "linux") return ["It needs Linux, whose network namespaces are home, internet and cloud."];
  if (process.getuid?.() !== 0) return ["It needs root, which makes network namespaces: run it with sudo."];
  const lacks: string[] = [];
  if (spawnSync("unshare", ["--net", "--mount", "true"]).status !== 0) {
    lacks.push(
      "This machine lets root make no network and mount namespaces, as in a container: run it on the machine itself.",
    );
  }
  if (spawnSync("ip", ["-V"]).status !== 0) lacks.push("There is no ip: install iproute2.");
  if (!existsSync("/etc/debian_version")) {
    lacks.push("The server is made with debootstrap of a Debian or Ubuntu, which this is not.");
  }
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  if (addresses.some((each) => each.address === address)) {
    lacks.push(
      `This machine has the address ${address} already: is another demo running? End that one first; what one that was killed has left is gone once the machine is started anew.`,
    );
  }
  return lacks;
}
