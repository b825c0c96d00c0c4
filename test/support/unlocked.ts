import type { ArchiveLock } from "../../ha-addon/src/archive-lock.ts";

/** The lock of a program that a test lets die: the kernel would have taken it back with the process. */
export const unlocked: ArchiveLock = { claim: () => ({ state: "ours" }), release: () => undefined };
