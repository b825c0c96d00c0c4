import { type LearnedLimits, learnLimits, nothingLearned } from "./limits.ts";
import { codeOf, type Ending, wantsOlderVersion } from "./refusal.ts";
import type { MqttVersion } from "./server.ts";

/** What the ends of connections have shown of the broker: the version to try, whether that is known, and its limits. */
export type KnownBroker = {
  readonly version: MqttVersion;
  readonly isVersionKnown: boolean;
  readonly learned: LearnedLimits;
};

export const unknownBroker: KnownBroker = { version: 5, isVersionKnown: false, learned: nothingLearned };

/** What the end of a connection shows, and whether the next attempt can be made at once: it is another one. */
export function brokerAfterEnd(
  before: KnownBroker,
  ending: Ending,
  largestUnconfirmedBytes: number,
): { readonly broker: KnownBroker; readonly retryNow: boolean } {
  const { version, isVersionKnown } = before;
  const code = codeOf(ending.error);
  const learned = learnLimits(before.learned, {
    code,
    accepted: ending.accepted,
    silent: ending.error === undefined || code === "ECONNRESET",
    version,
    largestUnconfirmedBytes,
    lasted: ending.briefInARow === 0,
  });
  const isLimitNamed = code === "154" || code === "155";
  if (!ending.accepted && isLimitNamed && learned.limits !== before.learned.limits) {
    return { broker: { ...before, learned }, retryNow: true };
  }
  const older = wantsOlderVersion(ending);
  if (version === 5 && (older === "yes" || (older === "perhaps" && !isVersionKnown))) {
    return { broker: { version: 4, isVersionKnown: older === "yes", learned }, retryNow: true };
  }
  const isNewest = !isVersionKnown || older === "yes";
  return {
    broker: isNewest ? { version: 5, isVersionKnown: false, learned } : { ...before, learned },
    retryNow: false,
  };
}
