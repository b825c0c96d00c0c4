/** Something that a person should know or do. */
export type Alert = {
  /** The same as long as the same thing is wrong. */
  readonly id: string;
  readonly severity: "warning" | "error";
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
  readonly device: string | null;
  readonly sinceAt: number;
};
