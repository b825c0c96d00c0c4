/** Whether an error says that the file is no database of SQLite, or a damaged one. */
export function isDamaged(error: unknown): boolean {
  const [corrupt, notADatabase] = [11, 26];
  const code = sqliteCode(error);
  return code === corrupt || code === notADatabase || error instanceof SyntaxError;
}

/** The primary result code of SQLite; undefined for another error. */
function sqliteCode(error: unknown): number | undefined {
  const { errcode } = error as { readonly errcode?: unknown };
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}

/** Whether an error is one of SQLite or of the disk, which may be over by the next attempt. */
export function isOfDisk(error: unknown): boolean {
  return sqliteCode(error) !== undefined || (error as NodeJS.ErrnoException).syscall !== undefined;
}
