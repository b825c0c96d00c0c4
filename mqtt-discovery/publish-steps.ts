import type { DiscoveryPayload } from "./discovery.ts";

/** A payload of ours as it stands on the broker; older versions may have had other components. */
export type Announced = {
  readonly components: Readonly<Record<string, { readonly platform: string }>>;
};

/** A payload to publish on the device's discovery topic. */
export type Step =
  | DiscoveryPayload
  | (Omit<DiscoveryPayload, "components"> & {
      readonly components: Readonly<Record<string, { readonly platform: string }>>;
    });

/**
 * What to publish, in this order and retained, so that Home Assistant knows of `next` and nothing else. An entity that
 * is merely left out stays for ever; so one that went away is first reduced to its platform, then left out. Publish
 * the steps some seconds apart: while Home Assistant still works on a payload it skips parts of the one after.
 */
export function publishSteps(previous: Announced | undefined, next: DiscoveryPayload): readonly Step[] {
  const gone: Record<string, { readonly platform: string }> = {};
  for (const [id, { platform }] of Object.entries(previous?.components ?? {})) {
    if (next.components[id]?.platform !== platform) gone[id] = { platform };
  }
  if (Object.keys(gone).length === 0) return [next];
  return [{ ...next, components: { ...next.components, ...gone } }, next];
}

/** What removes a device with all its entities, retained like the rest: MQTT forgets the topic. */
export const removal = "";
