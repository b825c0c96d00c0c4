import { BlockList, isIP } from "node:net";

/**
 * The name in a `Host` header (`name[:port]`), as URLs have it: lower case, IPv4 in four numbers, IPv6 in brackets,
 * without the root's dot. undefined where it is no name.
 */
export function hostNameOf(host: string): string | undefined {
  if (/[\s/\\?#@%<>]/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, "");
  return name === "" ? undefined : name;
}

/** Ends of names that no public name server holds: RFC 6762, RFC 6761, RFC 8375, and ICANN's for private networks. */
const homeDomains = [".local", ".localhost", ".home.arpa", ".internal"];

/** Whether a name, which is no address, leads to a machine of this network only: one without a dot, or of a home domain. */
export function isHomeName(name: string): boolean {
  return !/[.:]/.test(name) || homeDomains.some((domain) => name.toLowerCase().endsWith(domain));
}

/** Networks that no router of the internet leads to: RFC 1918, RFC 3927, RFC 4193, loopback. */
const homeNetworks = [
  ["127.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
] as const;

/** Whether a text is an address within the home's own network; IPv6 with or without brackets. */
export function isHomeAddress(text: string): boolean {
  const address = text.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(address);
  if (family === 0) return false;
  const networks = new BlockList();
  for (const [net, prefix, type] of homeNetworks) networks.addSubnet(net, prefix, type);
  return networks.check(address, family === 4 ? "ipv4" : "ipv6");
}
