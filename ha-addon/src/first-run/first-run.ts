import type { Clock } from "@heatloop/core/time/clock";
import { zoneOf } from "@heatloop/core/time/local-day";
import { z } from "zod";
import type { StateFile } from "../base/state-file.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { readRegistries } from "../home-assistant/registries.ts";
import { statesNow } from "../home-assistant/states-now.ts";
import { type BrokerPlace, readCa } from "../mqtt/server.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { type BrokerForEsp32, brokerForEsp32 } from "./broker-address.ts";
import { homeAssistantAddresses, homeNetworkAddresses, type NetworkAddress } from "./home-addresses.ts";
import { certificatesIn, mqttBlock } from "./mqtt-block.ts";
import { type TariffGuess, tariffGuess } from "./price-guess.ts";
import { hasTemperature, type RoomCandidate, roomCandidates } from "./room-candidate.ts";

/** What a person is offered when the program is new. */
export type FirstRun = {
  /** Whether rooms are set, or the person said "later". */
  readonly done: boolean;
  /** undefined: no attempt was made yet. */
  readonly broker: BrokerForEsp32 | undefined;
  /** Whether the ESP32 needs a certificate that Heatloop does not have. */
  readonly needsCa: boolean;
  /** The `mqtt:` block for the ESP32; null as long as the broker is not known. */
  readonly yaml: string | null;
  readonly rooms: readonly RoomCandidate[];
  readonly timeZone: { readonly guess: string; readonly from: "home_assistant" | "machine" };
  /** By Home Assistant's energy dashboard; null: it names no price. */
  readonly tariff: TariffGuess | null;
};

/** Looks up what is found each time it is asked; `later`: a person does not want to choose rooms now. */
export type FirstRunFinder = { now(): Promise<FirstRun>; later(): Promise<void> };

export type FirstRunParts = {
  readonly clock: Clock;
  readonly broker: () => BrokerPlace | undefined;
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "config" | "send" | "first"> | undefined;
  readonly settings: Pick<SettingsFile, "current">;
  readonly stateFile: StateFile;
  readonly machineZone: () => string;
  readonly ownAddresses: () => readonly NetworkAddress[];
  /** Prefixes and names of the heat pumps that are known. */
  readonly heatPumpNames: () => readonly string[];
};

const postponedSchema = z.object({ later: z.literal(true) });
const configSchema = z.object({ currency: z.string().nullish(), internal_url: z.string().nullish() });

/** What is found at a first run; that it is left for later is kept in the state file. */
export function firstRunFinder(parts: FirstRunParts): FirstRunFinder {
  const { settings, stateFile } = parts;
  return {
    async now() {
      const homeAssistant = parts.homeAssistant?.connected() ? parts.homeAssistant : undefined;
      const { currency, internal_url: internalUrl } = await haConfig(homeAssistant);
      const [esp32, rooms, tariff, postponed] = await Promise.all([
        forEsp32(parts, homeAssistant, internalUrl ?? null),
        homeAssistant === undefined ? [] : candidates(parts, homeAssistant),
        tariffGuess(homeAssistant, currency ?? null),
        stateFile.read(),
      ]);
      const done = settings.current().rooms.length > 0 || postponedSchema.safeParse(postponed).success;
      return { done, ...esp32, rooms, timeZone: zoneGuess(parts), tariff };
    },
    later: () => stateFile.write({ later: true }),
  };
}

type Asked = NonNullable<FirstRunParts["homeAssistant"]>;

async function haConfig(homeAssistant: Asked | undefined): Promise<z.output<typeof configSchema>> {
  const answer = await homeAssistant?.send({ type: "get_config" }).catch(() => undefined);
  return configSchema.safeParse(answer).data ?? {};
}

async function forEsp32(
  { broker, ownAddresses }: FirstRunParts,
  homeAssistant: Asked | undefined,
  internalUrl: string | null,
) {
  const place = broker();
  if (place === undefined) return { broker: undefined, needsCa: false, yaml: null };
  const addresses = {
    homeAssistant: await homeAssistantAddresses(homeAssistant, internalUrl),
    machine: homeNetworkAddresses(ownAddresses()),
  };
  const found = brokerForEsp32(place, addresses);
  const ca = found.tls ? await authorityOf(place) : null;
  return { broker: found, needsCa: found.tls && ca === null, yaml: mqttBlock(found, ca) };
}

/** The authority by which we know the broker; null where that is one of the public ones, or its file is no use. */
async function authorityOf({ ca, caFile }: BrokerPlace): Promise<string | null> {
  const pem = ca ?? (caFile === undefined ? undefined : await readCa(caFile).catch(() => undefined));
  return pem === undefined ? null : certificatesIn(pem);
}

async function candidates(parts: FirstRunParts, homeAssistant: Asked): Promise<readonly RoomCandidate[]> {
  const { clock, settings } = parts;
  const registered = await readRegistries(homeAssistant);
  const states = await statesNow(homeAssistant, clock, registered, hasTemperature).catch(() => []);
  return roomCandidates(states, {
    at: clock.now(),
    unit: homeAssistant.config()?.temperatureUnit,
    limits: settings.current().room_feed,
    registered,
    heatPumps: parts.heatPumpNames(),
  });
}

function zoneGuess({ homeAssistant, machineZone }: FirstRunParts): FirstRun["timeZone"] {
  const ofHome = homeAssistant?.config()?.timeZone;
  if (ofHome !== undefined && zoneOf(ofHome) !== undefined) return { guess: ofHome, from: "home_assistant" };
  const ofMachine = machineZone();
  return { guess: zoneOf(ofMachine) === undefined ? "UTC" : ofMachine, from: "machine" };
}
