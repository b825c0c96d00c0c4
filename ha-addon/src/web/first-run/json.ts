import type { Zone } from "@heatloop/core/time/local-day";
import type { z } from "zod";
import type { FirstRun } from "../../first-run/first-run.ts";
import type { RoomCandidate, RoomSuspicion } from "../../first-run/room-candidate.ts";
import { connectionJson } from "../json.ts";
import type { HeatloopView } from "../view.ts";
import type { firstRunSchema } from "./schemas.ts";

type FirstRunJson = z.output<typeof firstRunSchema>;

/** What a first run offers, as the API writes it. */
export function firstRunJson(
  found: FirstRun,
  view: Pick<HeatloopView, "devices" | "health">,
  zone: Zone,
): FirstRunJson {
  const { mqtt, homeAssistant } = view.health();
  const { broker, tariff } = found;
  return {
    done: found.done,
    broker: {
      ...connectionJson(mqtt, zone),
      address: broker?.address ?? null,
      address_from: broker?.from ?? null,
      other_addresses: [...(broker?.others ?? [])],
      port: broker?.port ?? null,
      tls: broker?.tls ?? false,
      needs_ca: found.needsCa,
    },
    home_assistant: connectionJson(homeAssistant, zone),
    heat_pumps: view.devices().map(({ id, prefix, name, online }) => ({ id, prefix, name, online })),
    esphome: { yaml: found.yaml },
    rooms: found.rooms.map(candidateJson),
    time_zone: found.timeZone,
    tariff: tariff && { guess: tariff, from: "home_assistant_energy" },
  };
}

function candidateJson(candidate: RoomCandidate): FirstRunJson["rooms"][number] {
  const { entity, name, area, unit, offered, chosen } = candidate;
  return {
    entity,
    name,
    area,
    temperature_c: candidate.temperatureC,
    raw_value: candidate.rawValue,
    unit,
    age_s: candidate.ageS,
    offered,
    not_offered: candidate.notOffered,
    no_value: candidate.reason?.code ?? null,
    suspicions: candidate.suspicions.map(suspicionJson),
    suggested_scale: candidate.suggestedScale,
    chosen,
  };
}

function suspicionJson(suspicion: RoomSuspicion): FirstRunJson["rooms"][number]["suspicions"][number] {
  if (suspicion.code === "constant" || suspicion.code === "silent") return suspicion;
  const { temperatureC: temperature_c } = suspicion;
  if (suspicion.code !== "outside_limits") return { code: suspicion.code, temperature_c };
  return { code: suspicion.code, temperature_c, min_c: suspicion.minC, max_c: suspicion.maxC };
}
