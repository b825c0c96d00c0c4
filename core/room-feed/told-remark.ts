import type { FeedRemark } from "./feed-remarks.ts";
import type { RoomReason } from "./room-reason.ts";

/** Why a room is not used, as programs tell each other: a code with its figures, by names such as `temperature_c`. */
export type ToldReason = { readonly code: string; readonly figures: Readonly<Record<string, number | string>> };

/** A remark on a feed, told so; `missing` are the rooms that it is about. */
export type ToldRemark = ToldReason & {
  readonly missing: readonly { readonly name: string; readonly reason: ToldReason }[];
};

export function toldReason(reason: RoomReason | FeedRemark): ToldReason {
  const figures = Object.entries(reason).flatMap(([name, value]: [string, unknown]) => {
    const isFigure = name !== "code" && (typeof value === "number" || typeof value === "string");
    return isFigure ? [[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const] : [];
  });
  return { code: reason.code, figures: Object.fromEntries(figures) };
}

export function toldRemark(remark: FeedRemark): ToldRemark {
  const missing = "missing" in remark ? remark.missing : [];
  return { ...toldReason(remark), missing: missing.map(({ name, reason }) => ({ name, reason: toldReason(reason) })) };
}
