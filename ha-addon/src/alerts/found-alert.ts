import type { Alert } from "./alert.ts";

/** What a rule says is wrong, before it has lasted long enough to be an alert; one without a start of its own begins now. */
export type FoundAlert = Pick<Alert, "id" | "severity" | "problem" | "device" | "deviceName"> & {
  readonly sinceAt: number | null;
  /** What exactly is wrong where a person should be told anew when it becomes something else, such as another fault. */
  readonly mark: string | null;
  /** Between two limits: an alert that began goes on, but none begins. */
  readonly onlyKeeps: boolean;
};

/** What the rules say of a moment; what is in neither list is well. */
export type FoundAlerts = {
  readonly wrong: readonly FoundAlert[];
  /** Ids of what cannot be said now. */
  readonly unknown: ReadonlySet<string>;
  /** The heat pumps that are followed. */
  readonly devices: ReadonlySet<string>;
};
