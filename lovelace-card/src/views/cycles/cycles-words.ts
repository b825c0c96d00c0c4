import { fill } from "@heatloop/core/text/fill-text";
import type { Formats } from "../../home-assistant/formats.ts";
import type { CyclesTexts } from "../../text/cycles/english.ts";
import type { TextKey, Texts } from "../../text/languages/english.ts";
import { cyclesTextsOf } from "../../text/late/cycles-texts.ts";
import type { LengthClass } from "./counted-cycles.ts";

/** core/events/cycle-cause.ts; what is behind an overshoot explains more than the overshoot. */
const causes: Readonly<Record<string, TextKey | keyof CyclesTexts>> = {
  fault: "fault",
  manual: "by_hand",
  defrost: "defrost",
  hot_water: "hot_water",
  lockout: "lockout",
  overshoot: "overshoot",
  minimum_output: "minimum_output",
  target_lowered: "target_lowered",
  room_satisfied: "room_satisfied",
};

/** Why a run was short, briefly. */
export function causeText(
  cause: string,
  reason: string | null,
  { texts, formats }: { readonly texts: Texts; readonly formats: Pick<Formats, "language"> },
): string {
  const words = { ...texts, ...cyclesTextsOf(formats.language) };
  return fill(words[causes[reason ?? cause] ?? "unexplained"], { code: "" }).trim();
}

/** `6 min`, `1 h 20 min`. */
export function durationText(seconds: number, formats: Formats): string {
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${formats.number(minutes % 60, 0)}\u00a0min`;
  if (hours === 0) return rest;
  return minutes % 60 === 0 ? `${formats.number(hours, 0)}\u00a0h` : `${formats.number(hours, 0)}\u00a0h ${rest}`;
}

/** `< 10 min`, `30 – 60 min`, `> 4 h`. */
export function lengthText({ fromMinutes, toMinutes }: LengthClass, formats: Formats): string {
  const words = (minutes: number) => durationText(minutes * 60, formats);
  if (toMinutes === null) return `> ${words(fromMinutes)}`;
  if (fromMinutes === 0) return `< ${words(toMinutes)}`;
  const isHours = fromMinutes >= 60;
  return `${formats.number(isHours ? fromMinutes / 60 : fromMinutes, 0)} – ${isHours || toMinutes < 60 ? words(toMinutes) : `${formats.number(toMinutes, 0)}\u00a0min`}`;
}
