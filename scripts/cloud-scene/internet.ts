import { execFileSync } from "node:child_process";
import type { Ends } from "../base/ends.ts";
import { ip } from "./ip.ts";

/** The home's network, and the internet between it and a server, each a network namespace. */
export type Internet = {
  /** The namespace of the home: what runs in it reaches the server's address, and nothing else. */
  readonly home: string;
  /** The home's address in the internet. */
  readonly homeAddress: string;
  /** Cuts the home off, or mends that. */
  setConnected(isConnected: boolean): void;
};

/**
 * Makes both beside a server (its namespace and address). `net` is a number of its own for each; what is to be taken away again
 * is added to `ends`, step by step.
 */
export function openInternet(
  server: { readonly network: string; readonly address: string },
  net: number,
  ends: Ends,
): Internet {
  const [home, between] = [`heatloop-${process.pid}-home`, `heatloop-${process.pid}-internet`];
  // 203.0.113.0/24 is for documentation (RFC 5737), as all addresses here.
  const [homeAddress, gateway] = [`203.0.113.${4 * net + 1}`, `203.0.113.${4 * net + 2}`];
  for (const name of [home, between]) {
    ip(`netns add ${name}`);
    ends.push(async () => ip(`netns del ${name}`));
    ip(`-n ${name} link set lo up`);
  }
  ip(`link add name home netns ${between} type veth peer name internet netns ${home}`);
  ip(`link add name cloud netns ${between} type veth peer name internet netns ${server.network}`);
  ip(`-n ${home} addr add ${homeAddress}/30 dev internet`);
  ip(`-n ${between} addr add ${gateway}/30 dev home`);
  ip(`-n ${home} link set internet up`);
  ip(`-n ${between} link set home up`);
  ip(`-n ${between} link set cloud up`);
  ip(`-n ${server.network} link set internet up`);
  ip(`-n ${home} route add default via ${gateway}`);
  // The server has one address, and a way to the home that needs no other.
  ip(`-n ${between} route add ${server.address}/32 dev cloud`);
  ip(`-n ${server.network} route add ${homeAddress}/32 dev internet src ${server.address}`);
  const forward =
    "for each in ip_forward conf/home/proxy_arp conf/cloud/proxy_arp; do echo 1 >/proc/sys/net/ipv4/$each; done";
  execFileSync("setsid", ["ip", "netns", "exec", between, "sh", "-c", forward]);
  return {
    ...{ home, homeAddress },
    setConnected: (isConnected) => {
      ip(`-n ${between} link set home ${isConnected ? "up" : "down"}`);
    },
  };
}
