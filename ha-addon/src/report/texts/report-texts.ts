import type { english } from "./english.ts";

/** Every text of a report; a language without one of them does not compile. */
export type ReportTexts = Readonly<Record<keyof typeof english, string>>;
