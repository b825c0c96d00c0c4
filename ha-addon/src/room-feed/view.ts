import type { RoomUse } from "@heatloop/core/room-feed/room-average";
import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { correctedC } from "@heatloop/core/room-feed/room-health";
import type { FedRoom } from "./rooms.ts";

/** The room temperature that is sent to one zone of a heat pump, as people are shown it; times in ms since the epoch. */
export type RoomFeedView = {
  readonly device: string;
  readonly zone: 1 | 2;
  readonly state: RoomFeedState;
  /** A sentence for a person. */
  readonly reason: string;
  readonly since: number;
  /** What the rooms come to, °C; null where that is nothing. */
  readonly temperatureC: number | null;
  /** What the heat pump was sent last since the start, °C. */
  readonly sentC: number | null;
  readonly sentAt: number | null;
  /** Whether it says so itself. */
  readonly confirmed: boolean;
  /** By which room temperature the firmware goes; null is not known. */
  readonly source: string | null;
  readonly rooms: readonly FedRoomView[];
};

export type FedRoomView = {
  readonly entity: string;
  readonly name: string;
  /** Corrected by scale and offset; null where its device tells none. */
  readonly temperatureC: number | null;
  readonly setpointC: number | null;
  readonly weight: number;
  /** As Home Assistant tells it, in its unit. */
  readonly rawValue: number | string | null;
  readonly used: boolean;
  /** Why it is not used; the room is its subject. */
  readonly reason: string | null;
  /** Since when what it tells is not believed; null: it is, or it tells nothing. */
  readonly doubtedAt: number | null;
  readonly reportedAt: number | null;
  readonly ageS: number | null;
};

export function fedRoomView(
  { setting, name, health, reading }: FedRoom,
  use: RoomUse | undefined,
  at: number,
): FedRoomView {
  const observation = reading?.observation;
  const told = observation?.kind === "temperature" ? observation : null;
  const setpointC = health.state === "good" && typeof health.setpointC === "number" ? health.setpointC : null;
  return {
    entity: setting.entity,
    name,
    temperatureC: told && rounded(correctedC(told.temperatureC, { scale: setting.scale, offsetK: setting.offset })),
    setpointC: setpointC && rounded(setpointC),
    weight: setting.weight,
    rawValue: reading?.rawValue ?? null,
    used: use?.used === true,
    reason: use === undefined || use.used ? null : use.reason,
    doubtedAt: health.state === "doubted" ? health.doubt.since : null,
    reportedAt: told?.reportedAt ?? null,
    ageS: told && Math.max(0, Math.round((at - told.reportedAt) / 1000)),
  };
}

export function rounded(temperatureC: number): number {
  return Math.round(temperatureC * 10) / 10;
}
