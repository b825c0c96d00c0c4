/** Whether an error is that of PostgreSQL that is not there, shuts down, starts, or has too many connections. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (/^(ECONN|EPIPE|ENOENT|57P0|08|53)/.test(code ?? "")) return true;
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}

/**
 * Whether the same statements may well succeed a moment later: PostgreSQL is away, or has given a transaction up for another one's
 * sake (a deadlock, a lock or a snapshot that could not be had).
 */
export function isPassing(error: unknown): boolean {
  return isAway(error) || /^(40001|40P01|55P03)$/.test((error as NodeJS.ErrnoException | undefined)?.code ?? "");
}
