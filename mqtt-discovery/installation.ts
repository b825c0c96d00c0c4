/**
 * Who a running Heatloop is at the broker. Each installation has an id of its own, so that several at one broker do not
 * speak for each other.
 */

/** `online`, and `offline` as the last will. */
export function installationStatusTopic(installation: string): string {
  return `heatloop/${installation}/status`;
}

/** The heat pumps that an installation follows; an `InstallationState`, JSON, retained. */
export function heatPumpsTopic(installation: string): string {
  return `heatloop/${installation}/heat-pumps`;
}

export type InstallationState = {
  /** Another one at each start: two that share an id differ in it. */
  readonly session: string;
  /** Device ids. */
  readonly heat_pumps: readonly string[];
};

/**
 * The status of all installations together, as it was before each had its own; it goes with the next release. `online`
 * while any of them lives; `offline` when the last one ends in order, for a last will cannot be shared.
 */
export const sharedStatusTopic = "heatloop/status";

/** The installation that a topic of `installationStatusTopic` or `heatPumpsTopic` is of. */
export function installationOf(topic: string): string | undefined {
  return /^heatloop\/([a-z0-9]{1,32})\/(?:status|heat-pumps)$/.exec(topic)?.[1];
}
