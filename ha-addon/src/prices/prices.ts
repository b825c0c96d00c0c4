import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { contractSettings } from "../settings/tariff-contracts.ts";
import { followPriceEntity, type PriceSource } from "./entity.ts";
import { watchPriceFile } from "./file.ts";
import type { PriceBound, PriceProblems } from "./problems.ts";
import { followPvSurplus } from "./pv-surplus.ts";

type PricesParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  /** undefined: none is configured. */
  readonly homeAssistant: PriceSource | undefined;
  readonly dataFolder: string;
  readonly zone: () => Zone;
  readonly prices: SlotArchive;
  readonly surplus: SlotArchive;
  readonly problems: PriceProblems;
};

/**
 * Keeps dynamic prices and the PV surplus in the archive, by the tariff's settings: the CSV files of every contract,
 * and the entities of today's. Follows changes of the settings at once, and of the contract within a minute.
 */
export function startPrices(parts: PricesParts): { close(): void } {
  const { log, settings } = parts;
  const clock = backgroundClock(parts.clock, log, "prices");
  const running = new Map<string, Stop>();

  function adapt(): void {
    const work = workOf({ ...parts, clock });
    for (const [name, stop] of running) {
      if (work.has(name)) continue;
      stop();
      running.delete(name);
    }
    for (const [name, start] of work) if (!running.has(name)) running.set(name, start());
  }

  adapt();
  const stops = [settings.onChange(adapt), clock.every(minuteMs, adapt)];
  return {
    close() {
      for (const stop of [...stops, ...running.values()]) stop();
      running.clear();
    },
  };
}

/** What is to run, each with how it is started, by a key that changes with whatever it depends on. */
type Work = ReadonlyMap<string, () => Stop>;

function workOf(parts: PricesParts): Work {
  const { clock, homeAssistant } = parts;
  const tariff = parts.settings.current().tariff;
  const work = new Map<string, () => Stop>();
  const contracts = contractSettings(tariff);
  const bound: PriceBound = { most: tariff.max_price_per_kwh, currency: tariff.currency };
  // Prices are checked against the bound, so another one starts them anew.
  const boundKey = `${bound.most} ${bound.currency}`;
  for (const { file } of contracts.map(({ dynamic }) => dynamic)) {
    if (file === "") continue;
    work.set(`file ${file} ${boundKey}`, () =>
      watchPriceFile({ ...parts, bound, folder: parts.dataFolder, name: file }),
    );
  }
  const today = parts.zone().dateOf(clock.now());
  const contract = contracts.findLast(({ from }) => from === null || from <= today) ?? contracts[0];
  const { entity, state_is_price: stateIsPrice } = contract.dynamic;
  const surplusEntity = contract.pv.surplus_entity;
  if (homeAssistant === undefined) {
    if (entity !== "" || surplusEntity !== "") work.set("no Home Assistant", () => reportNoHomeAssistant(parts));
    return work;
  }
  if (entity !== "") {
    work.set(`prices ${entity} ${stateIsPrice} ${boundKey}`, () =>
      followPriceEntity({ ...parts, bound, homeAssistant, entity, stateIsPrice }),
    );
  }
  if (surplusEntity !== "") {
    work.set(`surplus ${surplusEntity}`, () => followPvSurplus({ ...parts, homeAssistant, entity: surplusEntity }));
  }
  return work;
}

function reportNoHomeAssistant({ log, problems }: PricesParts): Stop {
  const problem = { code: "price_no_home_assistant" } as const;
  log.warn(problemText(problem, "en"));
  problems.set("tariff", problem);
  return () => problems.set("tariff", null);
}
