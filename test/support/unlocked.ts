import type { ArchiveLock } from "@heatloop/ha-addon/archive/lock";

/** The lock of a program that a test lets die: the kernel would have taken it back with the process. */
export const unlocked: ArchiveLock = { claim: () => ({ state: "ours" }), release: () => undefined };
