import { createHash } from "node:crypto";
import type { Settings } from "./settings.ts";

/** A short text that other settings have another one of: two people's changes are told apart by it. */
export function settingsRevision(settings: Settings): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("base64url").slice(0, 16);
}
