/** Where the program says what changed; `facts` are printed as key=value and never hold a secret. */
export type Log = {
  debug(message: string, facts?: Facts): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
};
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;
