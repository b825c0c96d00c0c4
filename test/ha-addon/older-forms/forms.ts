import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** The forms of earlier versions, the oldest first: README.md. */
export const olderForms = ["first", "energy", "trust", "alerts", "schedule"] as const;
type OlderForm = (typeof olderForms)[number];

/** Those that have an archive. */
export const olderArchives = ["first", "energy", "trust", "schedule"] as const satisfies readonly OlderForm[];

/** Their heat pump, and the day whose 90 minutes they have. */
export const olderDevice = "ecodan-heatpump";
export const olderDate = "2026-11-29";

/** A copy of the data folder that a version left, with the archive in it, for the length of a test. */
export function copyOfForm(form: OlderForm): string {
  const folder = temporaryFolder();
  cpSync(join(import.meta.dirname, form), folder, { recursive: true });
  return folder;
}

/** A file of a form as JSON. */
export function jsonOfForm(form: OlderForm, name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, form, name), "utf8"));
}

/** The names of the files of a form's data folder. */
export function filesOfForm(form: OlderForm): string[] {
  return readdirSync(join(import.meta.dirname, form)).filter((name) => name.endsWith(".json"));
}
