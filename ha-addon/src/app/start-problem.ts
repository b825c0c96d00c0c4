/** Why the program cannot start, for a person. */
export function startProblem(error: unknown, host: string, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is taken: does Heatloop run already? If another program has it, set HEATLOOP_PORT to a free one`;
    case "EACCES":
      return `port ${port} may not be used: set HEATLOOP_PORT to one above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is no address of this machine: set HEATLOOP_HOST to one, or to 0.0.0.0 for all of them`;
    default:
      return `Heatloop cannot start: ${message}`;
  }
}
