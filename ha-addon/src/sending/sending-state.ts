/** How sending rows goes; times are ms since the epoch. */
export type SendingState = {
  /** `waiting`: nothing was sent yet; `away`: it is tried again; `refused`: a person has to change something. */
  readonly state: "off" | "waiting" | "connected" | "away" | "refused";
  /** When rows were taken last; null: none since the program started. */
  readonly sentAt: number | null;
  /** When the oldest row that was not sent began; null: all are. */
  readonly unsentFrom: number | null;
  /** Why it is away or refuses, and what to do; holds no secret. */
  readonly detail: string | null;
  /** Why some rows are never taken; null: all are. */
  readonly refusedRows: string | null;
  /** Dates that became too old before they were sent. */
  readonly skippedDays: number;
};

export const sendingOff: SendingState = {
  state: "off",
  sentAt: null,
  unsentFrom: null,
  detail: null,
  refusedRows: null,
  skippedDays: 0,
};
