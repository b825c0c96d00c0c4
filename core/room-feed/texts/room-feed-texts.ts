import type { FeedRemark } from "../feed-remarks.ts";
import type { RoomReason } from "../room-reason.ts";

/**
 * The texts of one language: a reason has the room as its subject, remarks become one sentence with semicolons. A text
 * may have the figures of its code in braces (`{temperatureC}`); `{missing}` are rooms with their reasons.
 */
export type RoomFeedTexts = Readonly<Record<RoomReason["code"] | FeedRemark["code"], string>> & {
  readonly decimalSign: "." | ",";
};
