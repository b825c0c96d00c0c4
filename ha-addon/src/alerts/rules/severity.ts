/** `info`: nothing is wrong, but a person should know it. */
export const severities = ["info", "warning", "error"] as const;
export type Severity = (typeof severities)[number];
