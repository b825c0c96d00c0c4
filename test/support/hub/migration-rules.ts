/** The statements of a migration, without comments and with single blanks; texts and bodies of functions stay whole. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let current = "";
  // A comment, a text, a body between dollars, the end of a statement, or any other character.
  for (const [piece] of sql.matchAll(/--[^\n]*|'(?:[^']|'')*'|\$\$[\s\S]*?\$\$|[\s\S]/g)) {
    if (piece.startsWith("--")) continue;
    if (piece !== ";") {
      current += piece;
      continue;
    }
    statements.push(oneLine(current));
    current = "";
  }
  return [...statements, oneLine(current)].filter((statement) => statement !== "");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** What a migration may do to the tables that there are, so that a hub of the version before goes on with them. */
const additions = [
  /^create table /i,
  /^create index /i,
  /^create policy /i,
  /^create function /i,
  /^create trigger /i,
  /^create schema \w+$/i,
  // PostgreSQL lets a view that takes another's place have more columns, and no fewer.
  /^create (or replace )?view [\w.]+ with \(security_invoker( = true)?\)/i,
  /^alter table \w+ (enable|force) row level security$/i,
  /^insert into /i,
  /^grant (?!all\b)/i,
  // What is checked no more keeps nobody from writing what was allowed.
  /^alter table \w+ drop constraint \w+_check$/i,
  /^do \$\$ begin create role \w+ nologin; exception when duplicate_object or unique_violation then null; end \$\$$/i,
] as const;

/** Why the statements of a migration would break a hub of the version before; none where they only add. */
export function breakingStatements(sql: string): string[] {
  const statements = statementsOf(sql);
  const created = (kind: string) =>
    new Set(statements.flatMap((each) => new RegExp(`^create ${kind} (\\w+)`, "i").exec(each)?.[1] ?? []));
  const [tables, functions] = [created("table"), created("function")];
  const policies = new Set(statements.flatMap((each) => /^create policy (\w+ on \w+)/i.exec(each)?.[1] ?? []));
  return statements.filter((statement) => {
    const column = /^alter table \w+ add column \w+ (.*)$/i.exec(statement)?.[1];
    if (column !== undefined && /, add column /i.test(column)) return true;
    if (column !== undefined) return /\bnot null\b/i.test(column) && !/\bdefault\b/i.test(column);
    const unique = /^create unique index \w+ on (\w+)/i.exec(statement)?.[1];
    if (unique !== undefined) return !tables.has(unique);
    const revoked = /^revoke all on function (\w+)\S*( \w+\))? from public$/i.exec(statement)?.[1];
    if (revoked !== undefined) return !functions.has(revoked);
    // A policy may take the place of one of the same name: no moment without it, as a migration is one transaction.
    const policy = /^drop policy (\w+ on \w+)$/i.exec(statement)?.[1];
    if (policy !== undefined) return !policies.has(policy);
    return !additions.some((allowed) => allowed.test(statement));
  });
}
