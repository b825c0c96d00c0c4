import { type CommandLine, readOptions, required, switchOption, text, textOption } from "./base/arguments.ts";
import { tokenVariable } from "./importing/import-help.ts";
import { address, addressExample } from "./importing/import-options.ts";

/** What `scripts/energy-dashboard` was asked to do. */
export type EnergyDashboardArguments = {
  readonly url: string;
  /** File with the token; undefined: it is in the environment. */
  readonly tokenFile: string | undefined;
  /** Undefined: every heat pump. */
  readonly device: string | undefined;
  /** Whether to save without asking. */
  readonly yes: boolean;
};

export const energyDashboardHelp = `Usage: scripts/energy-dashboard --url URL [options]

Adds the electricity of your heat pumps, as Heatloop counts it, to the Energy dashboard of Home Assistant, under
Individual devices. Shows the change first and asks. What is there already is neither changed nor removed.

  --url URL           ${addressExample}
  --token-file FILE   a long-lived token of an administrator (or in ${tokenVariable})
  --device ID         this heat pump only (all that Heatloop announces)
  --yes               saves without asking
  --help

The Energy dashboard takes prices for the electricity of the grid only, so costs of a heat pump are not added: they are
in Heatloop's own reports.

Ends with 0, also where everything is there already; 1 where it failed or the answer was no; 2 where the arguments are
wrong.
`;

const options = {
  url: textOption(required(`where Home Assistant is, ${addressExample}`, address)),
  "token-file": textOption(text.optional()),
  device: textOption(text.optional()),
  yes: switchOption,
};

/** Reads the command line of `scripts/energy-dashboard`; `hasToken`: whether the token is in the environment. */
export function readEnergyDashboardArguments(
  args: readonly string[],
  { hasToken }: { readonly hasToken: boolean },
): CommandLine<EnergyDashboardArguments> {
  const read = readOptions(args, options, ({ "token-file": file }) =>
    file !== undefined || hasToken
      ? []
      : [
          `a long-lived token of Home Assistant is missing: put it into ${tokenVariable}, or name its file with --token-file`,
        ],
  );
  if (read === "help" || "problems" in read) return read;
  const { "token-file": tokenFile, ...values } = read;
  return { ...values, tokenFile };
}
