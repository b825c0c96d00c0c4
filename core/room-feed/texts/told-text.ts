import { fill } from "../../text/fill-text.ts";
import type { ToldReason, ToldRemark } from "../told-remark.ts";
import type { RoomFeedTexts } from "./room-feed-texts.ts";

/**
 * Why a room is not used, in a language; the room is its subject, so that it follows the room's name. undefined of a code that
 * a later version tells.
 */
export function reasonText({ code, figures }: ToldReason, texts: RoomFeedTexts): string | undefined {
  const text = textOf(code, texts);
  return text === undefined ? undefined : fill(text, filledWith(figures, texts));
}

/** All remarks on a feed as one sentence of a language; undefined where one is of a later version. */
export function remarksText(remarks: readonly ToldRemark[], texts: RoomFeedTexts): string | undefined {
  const parts = remarks.map((remark) => {
    const text = textOf(remark.code, texts);
    const missing = remark.missing.map(({ name, reason }) => [name, reasonText(reason, texts)] as const);
    if (text === undefined || missing.some(([, reason]) => reason === undefined)) return undefined;
    const rooms = missing.map((each) => each.join(" ")).join("; ");
    return fill(text, { ...filledWith(remark.figures, texts), missing: rooms });
  });
  if (parts.includes(undefined)) return undefined;
  const sentence = parts.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`.replace(/\?\.$/, "?");
}

function textOf(code: string, texts: RoomFeedTexts): string | undefined {
  const isKnown = code !== "decimalSign" && Object.hasOwn(texts, code);
  return isKnown ? texts[code as Exclude<keyof RoomFeedTexts, "decimalSign">] : undefined;
}

const limits: readonly string[] = ["min_c", "max_c"];

/** Temperatures with one decimal, limits as they are set, all else as it is; by the names that the texts have. */
function filledWith(figures: ToldReason["figures"], { decimalSign }: RoomFeedTexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => {
      const own = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      if (typeof value === "string") return [own, value];
      const plain = name.endsWith("_c") && !limits.includes(name) ? value.toFixed(1) : String(value);
      return [own, plain.replace(".", decimalSign)];
    }),
  );
}
