import type { Database } from "@heatloop/hub/database/database";
import type { Queries } from "@heatloop/hub/database/queries";

/** A hub's databases, with the texts of all statements that are run in them. */
export type StatementRecord = {
  /** The database, every statement of which is noted. */
  record(database: Database): Database;
  /** The statements since the last call, and which scopes their transactions had. */
  taken(): readonly string[];
  /** When no transaction runs any more, and none that followed from one. */
  settled(): Promise<void>;
};

export function statementRecord(): StatementRecord {
  let statements: string[] = [];
  let running = 0;
  const recorded = (queries: Queries): Queries => {
    const note = (text: string) => statements.push(text.replaceAll(/\s+/g, " "));
    return {
      all(text, values) {
        note(text);
        return queries.all(text, values);
      },
      lists(text, values) {
        note(text);
        return queries.lists(text, values);
      },
      first(text, values) {
        note(text);
        return queries.first(text, values);
      },
      change(text, values) {
        note(text);
        return queries.change(text, values);
      },
    };
  };
  return {
    record: (database) => ({
      ...database,
      transaction(scope, work) {
        running += 1;
        statements.push(`begin with ${Object.keys(scope).join(", ")}`);
        return database
          .transaction(scope, (queries) => work(recorded(queries)))
          .finally(() => {
            running -= 1;
          });
      },
    }),
    taken() {
      const before = statements;
      statements = [];
      return before;
    },
    async settled() {
      for (let quiet = 0; quiet < 2; quiet += 1) {
        await new Promise(setImmediate);
        if (running > 0) quiet = -1;
      }
    },
  };
}
