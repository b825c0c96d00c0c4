import { priceUnit } from "@heatloop/core/cost/price-unit";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import type { Log } from "@heatloop/program/log";
import { messageOf } from "@heatloop/program/log";
import type { SlotArchive } from "../archive/slot-archive.ts";
import type { EntityState } from "../home-assistant/entity-state.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { listedPrices, priceUnitIn } from "./forms.ts";
import { hourlyAction } from "./hourly-action.ts";
import { priceIntake } from "./intake.ts";
import type { PriceBound, PriceProblems, PriceRefusal } from "./problems.ts";
import { quarterPrices } from "./quarter-price.ts";

/** Home Assistant, as far as prices need it. */
export type PriceSource = Pick<HomeAssistant, "connected" | "follow" | "onConnected" | "send">;

type EntityParts = {
  readonly entity: string;
  readonly stateIsPrice: boolean;
  readonly homeAssistant: PriceSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly prices: SlotArchive;
  readonly bound: PriceBound;
  readonly problems: PriceProblems;
};

/**
 * Takes the prices of an entity into the archive: those it lists; else, of Nord Pool and Tibber, those of their action, at
 * each connection and each hour; else, where `stateIsPrice`, its state as the price of the running quarter hour.
 * Logs once what is wrong with it, and asks about prices beyond reason.
 */
export function followPriceEntity(parts: EntityParts): Stop {
  const { entity, homeAssistant, clock, zone } = parts;
  const intake = priceIntake(parts);
  const action = hourlyAction({ ...parts, received, failed });
  const takeState = quarterPrices(clock, intake);
  let state: EntityState | undefined;
  /** Once it has listed prices, its state is never taken for a price: it may be something else, such as the day's mean. */
  let lists = false;
  /** Why it lists none. */
  let unlisted: PriceRefusal = { code: "price_no_list" };
  let hasAction = false;

  function take(_entity: string, observed: EntityState | undefined): void {
    state = observed;
    if (observed === undefined) {
      intake.refuse({ code: "price_no_entity" });
      return;
    }
    const listed = listedPrices(observed.attributes, zone(), observed.lastReported || clock.now());
    lists ||= listed.form !== undefined;
    if (listed.ok) intake.keep(listed.slots, listed.form, listed.currency, listed.unread);
    else if (listed.form !== undefined) intake.refuse(listed.why);
    else if (observed.state !== "unavailable") {
      unlisted = listed.why;
      if (!lists) action.call();
    }
  }

  function received(slots: readonly Slot[] | undefined): void {
    hasAction = slots !== undefined;
    if (slots !== undefined) {
      const currency = state === undefined ? null : priceUnit(priceUnitIn(state.attributes))?.currency;
      intake.keep(slots, "the integration's action", currency ?? null);
    } else if (!parts.stateIsPrice) {
      intake.refuse({ code: "price_state_unused", why: unlisted });
    }
  }

  function failed(error: unknown): void {
    intake.refuse({ code: "price_refused", error: messageOf(error) });
  }

  function tick(): void {
    if (!homeAssistant.connected() || state === undefined || state.state === "unavailable" || lists) return;
    action.call();
    if (parts.stateIsPrice && !hasAction) takeState(state);
  }

  const stops = [
    homeAssistant.onConnected(action.reset),
    homeAssistant.follow([entity], take),
    clock.every(minuteMs, tick),
    action.close,
    intake.close,
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
