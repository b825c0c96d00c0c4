import type { RoomFeedTexts } from "@heatloop/core/room-feed/texts/room-feed-texts";
import type { CurveTexts } from "../curve/english.ts";
import type { CyclesTexts } from "../cycles/english.ts";
import type { DiagnosticsTexts } from "../diagnostics/english.ts";
import type { RoomTexts } from "../rooms/english.ts";

/** The texts of the views that come when they are first looked at: of each language but English one file for all of them. */
export type LateTexts = {
  readonly curve: CurveTexts;
  readonly cycles: CyclesTexts;
  readonly rooms: RoomTexts;
  /** Why rooms and the room feed are as they are. */
  readonly feed: RoomFeedTexts;
  readonly diagnostics: DiagnosticsTexts;
};
