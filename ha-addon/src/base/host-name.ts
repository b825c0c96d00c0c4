/**
 * The name in a `Host` header (`name[:port]`), as URLs have it: lower case, IPv4 in four numbers, IPv6 in brackets,
 * without the root's dot. undefined where it is no name.
 */
export function hostNameOf(host: string): string | undefined {
  if (/[\s/\\?#@%<>]/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, "");
  return name === "" ? undefined : name;
}
