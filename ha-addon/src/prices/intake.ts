import type { Slot } from "@heatloop/core/time/slots";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { implausiblePriceProblem, type PriceBound, type PriceProblems, type PriceRefusal } from "./problems.ts";

/** The prices of an entity on their way into the archive. */
export type PriceIntake = {
  /**
   * Keeps prices, unless one is beyond reason. `form`: where they come from; `currency`: that of their unit, null where
   * it names none; `unread`: what was left out.
   */
  keep(slots: readonly Slot[], form: string, currency: string | null, unread?: string): void;
  /** Notes why there are no prices. */
  refuse(why: PriceRefusal): void;
  close(): void;
};

/** Opens the intake of an entity. Logs once where prices come from or why there are none, and again when it changes. */
export function priceIntake(parts: {
  readonly entity: string;
  readonly log: Log;
  readonly prices: SlotArchive;
  readonly bound: PriceBound;
  readonly problems: PriceProblems;
}): PriceIntake {
  const { entity, log, prices, problems } = parts;
  const keepPrices = inBackground(log, "prices", async (slots: readonly Slot[]) => void (await prices.keep(slots)));
  let lastLogged = "";

  function logChange(kind: string, write: () => void): void {
    if (lastLogged !== kind) write();
    lastLogged = kind;
  }

  function refuse(why: PriceRefusal): void {
    const problem = { code: "no_prices", source: entity, why } as const;
    // Prices beyond reason change with each look.
    const kind = why.code === "price_beyond_reason" ? why.code : JSON.stringify(why);
    logChange(kind, () => log.warn(problemText(problem, "en")));
    problems.set(entity, problem);
  }

  return {
    keep(slots, form, currency, unread) {
      const question = implausiblePriceProblem(slots, parts.bound, currency);
      if (question !== null) {
        refuse(question);
        return;
      }
      problems.set(entity, null);
      const leftOut = unread === undefined ? {} : { left_out: unread };
      const fields = { entity, form, prices: slots.length, ...leftOut };
      logChange(form, () => log.info("prices come from Home Assistant", fields));
      void keepPrices(slots);
    },
    refuse,
    close: () => problems.set(entity, null),
  };
}
