/** A row of the logger with the text of each of its columns. */
export type PythonRow = {
  readonly at: number;
  readonly file: string;
  readonly line: number;
  readonly columns: readonly string[];
  readonly cells: readonly string[];
};
