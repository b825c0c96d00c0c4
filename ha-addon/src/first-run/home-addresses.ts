import { z } from "zod";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { isOwnMachine } from "./broker-address.ts";

/** An address of a machine's network. */
export type NetworkAddress = { readonly name: string; readonly address: string };

const networkSchema = z.object({
  adapters: z.array(
    z.object({
      name: z.string(),
      default: z.boolean().default(false),
      ipv4: z.array(z.object({ address: z.string() })).default([]),
    }),
  ),
});

/** Networks between programs of one machine, or to elsewhere: no ESP32 is there. */
const insideNetwork = /^(lo|docker|br-|veth|hassio|virbr|tun|tap|wg|tailscale|zt|cni|flannel|podman)/;

/** Addresses at which the home's network reaches a machine, the most likely ones first. */
export function homeNetworkAddresses(all: readonly NetworkAddress[]): readonly string[] {
  const usable = all.filter(
    ({ name, address }) => !insideNetwork.test(name) && !isOwnMachine(address) && !address.startsWith("169.254."),
  );
  const likely = (address: string) => (address.startsWith("192.168.") ? 0 : isPrivate(address) ? 1 : 2);
  return [...new Set(usable.map(({ address }) => address))].sort((a, b) => likely(a) - likely(b));
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}

/**
 * Addresses of Home Assistant's machine, the most likely ones first: those of its network adapters, the default one
 * before others, else the host of its internal URL. Empty where it does not say. Never rejected.
 */
export async function homeAssistantAddresses(
  homeAssistant: Pick<HomeAssistant, "send"> | undefined,
  internalUrl: string | null,
): Promise<readonly string[]> {
  const answer = await homeAssistant?.send({ type: "network" }).catch(() => undefined);
  const adapters = networkSchema.safeParse(answer).data?.adapters ?? [];
  const addressesOf = (wanted: boolean) =>
    homeNetworkAddresses(
      adapters
        .filter((adapter) => adapter.default === wanted)
        .flatMap(({ name, ipv4 }) => ipv4.map(({ address }) => ({ name, address }))),
    );
  const found = [...new Set([...addressesOf(true), ...addressesOf(false)])];
  if (found.length > 0) return found;
  const host = internalUrl === null ? "" : (URL.parse(internalUrl)?.hostname ?? "");
  return host === "" || isOwnMachine(host) ? [] : [host];
}
