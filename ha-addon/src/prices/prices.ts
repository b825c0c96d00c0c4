import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { backgroundClock } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { contractSettings } from "../settings/tariff-contracts.ts";
import type { TariffSetting } from "../settings/tariff-settings.ts";
import { followPriceEntity, type PriceSource } from "./entity.ts";
import { watchPriceFile } from "./file.ts";
import type { PriceBound, PriceProblems } from "./problems.ts";
import { followPvSurplus } from "./pv-surplus.ts";

const lookEachMs = 60_000;

/**
 * Keeps dynamic prices and the PV surplus in the archive, as the tariff's settings say: the CSV files of every contract,
 * and the entities of today's. Follows changes of the settings and of the contract.
 */
export function startPrices(parts: {
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
}): { close(): void } {
  const { log, settings, homeAssistant } = parts;
  const clock = backgroundClock(parts.clock, log, "prices");
  const running = new Map<string, Stop>();

  function wanted(tariff: TariffSetting): Map<string, () => Stop> {
    const work = new Map<string, () => Stop>();
    const contracts = contractSettings(tariff);
    const bound: PriceBound = { most: tariff.max_price_per_kwh, currency: tariff.currency };
    // What is held against another bound is read again.
    const held = `${bound.most} ${bound.currency}`;
    for (const { file } of contracts.map(({ dynamic }) => dynamic)) {
      if (file !== "") {
        work.set(`file ${file} ${held}`, () =>
          watchPriceFile({ ...parts, clock, bound, folder: parts.dataFolder, name: file }),
        );
      }
    }
    const today = parts.zone().dateOf(clock.now());
    const contract = contracts.findLast(({ from }) => from === null || from <= today) ?? contracts[0];
    const { entity, state_is_price: stateIsPrice } = contract.dynamic;
    const surplusEntity = contract.pv.surplus_entity;
    if (homeAssistant === undefined) {
      if (entity !== "" || surplusEntity !== "") work.set("nowhere", complain);
      return work;
    }
    if (entity !== "") {
      work.set(`prices ${entity} ${stateIsPrice} ${held}`, () =>
        followPriceEntity({ ...parts, clock, bound, homeAssistant, entity, stateIsPrice }),
      );
    }
    if (surplusEntity !== "") {
      work.set(`surplus ${surplusEntity}`, () =>
        followPvSurplus({ ...parts, clock, homeAssistant, entity: surplusEntity }),
      );
    }
    return work;
  }

  function complain(): Stop {
    const message =
      "The tariff names an entity, but there is no Home Assistant: set home_assistant.url and home_assistant.token";
    log.warn(message);
    parts.problems.set("tariff", message);
    return () => parts.problems.set("tariff", null);
  }

  function adapt(): void {
    const work = wanted(settings.current().tariff);
    for (const [name, stop] of running) {
      if (work.has(name)) continue;
      stop();
      running.delete(name);
    }
    for (const [name, start] of work) if (!running.has(name)) running.set(name, start());
  }

  adapt();
  const stops = [settings.onChange(adapt), clock.every(lookEachMs, adapt)];
  return {
    close() {
      for (const stop of [...stops, ...running.values()]) stop();
      running.clear();
    },
  };
}
