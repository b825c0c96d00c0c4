import type { ClientBase } from "pg";

/** Statements of one transaction. What they answer has the types that the columns have. */
export type Queries = {
  /** The rows of a statement. */
  all<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same as lists of their columns' values, which many rows of many columns are read faster as. */
  lists<Row extends readonly unknown[]>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Its first row; undefined where there is none. */
  first<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row | undefined>;
  /** How many rows it changed. */
  change(text: string, values?: readonly unknown[]): Promise<number>;
};

/** Queries of a connection; `values` stand for $1, $2 ... and are never part of the text. */
export function queriesOf(client: ClientBase): Queries {
  const run = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    client.query<Row>(text, [...values]);
  return {
    all: async <Row extends object>(text: string, values?: readonly unknown[]) => (await run<Row>(text, values)).rows,
    lists: async <Row extends readonly unknown[]>(text: string, values: readonly unknown[]) =>
      // The driver's type asks for lists that can be changed.
      (await client.query<unknown[]>({ text, values: [...values], rowMode: "array" })).rows as unknown as Row[],
    first: async <Row extends object>(text: string, values?: readonly unknown[]) =>
      (await run<Row>(text, values)).rows[0],
    change: async (text, values) => (await run(text, values)).rowCount ?? 0,
  };
}
