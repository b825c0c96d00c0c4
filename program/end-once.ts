import { type Log, stackOf } from "./log.ts";

/** A program that has started. */
type Running = { close(): Promise<void> };

/**
 * Ends a program once, in order, at a signal or at an error that nobody caught, which is logged and ends with 1, so that what
 * runs the program starts it again. One that is still starting is ended when it has. `last` comes after everything else.
 */
export function endOnce(parts: { readonly name: string; readonly log: Log; readonly last?: () => void }): {
  /** Resolves with the start of what shall be ended; rejected with what it was rejected with. */
  begin(starting: Promise<Running>): Promise<void>;
} {
  const { name, log, last = () => {} } = parts;
  let running: Promise<Running> | undefined;
  let ending = false;

  async function close(): Promise<void> {
    // Why it could not start is logged where it was to be started.
    const program = await running?.catch(() => undefined);
    await program?.close();
  }

  function end(code: number): void {
    if (ending) return;
    ending = true;
    close().then(
      () => {
        last();
        process.exit(code);
      },
      (error: unknown) => {
        log.error(`${name} could not end as it should`, { error: String(error) });
        last();
        process.exit(1);
      },
    );
  }

  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      log.error(`${name} ends because of an error that it did not expect; please report it`, { error: stackOf(error) });
      end(1);
    });
  }
  return {
    async begin(starting) {
      running = starting;
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => end(0));
      await starting;
    },
  };
}
