/** Whether an error is that of PostgreSQL that is not there, shuts down, starts, or has too many connections. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (/^(ECONN|EPIPE|ENOENT|57P0|08|53)/.test(code ?? "")) return true;
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}
