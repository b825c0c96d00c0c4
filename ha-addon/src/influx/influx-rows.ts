import { minutePoint, transitionPoints } from "@heatloop/core/influx/archive-points";
import { type InfluxPoint, influxLine } from "@heatloop/core/influx/line-protocol";
import type { Clock } from "@heatloop/core/time/clock";
import type { RowsOfDate, RowTarget } from "../sending/row-target.ts";
import type { InfluxSettings } from "../settings/influx-settings.ts";
import { influxTarget } from "./influx-target.ts";
import { writeLines } from "./write-lines.ts";

/** How rows become lines. */
export type LineParts = {
  readonly settings: InfluxSettings;
  /** The name that a person gave a heat pump; undefined: none. */
  readonly nameOf: (device: string) => string | undefined;
};

/** InfluxDB as a target of rows, which are lines of its protocol there. */
export function influxRows(
  parts: LineParts & { readonly secret: string | undefined; readonly clock: Clock },
): RowTarget<string> {
  const target = influxTarget(parts.settings, parts.secret);
  return {
    formsOf: linesOf(parts),
    write: (_device, lines, ended) => writeLines(target, lines, { clock: parts.clock, ended }),
  };
}

/** The lines of rows. */
export function linesOf({ settings, nameOf }: LineParts): RowTarget<string>["formsOf"] {
  return ({ device, minutes, transitions }: RowsOfDate) => {
    const tags = tagsOf(settings, device, nameOf(device));
    return {
      minutes: minutes.map((minute) => influxLine(minutePoint(minute, tags))),
      transitions: transitionPoints(transitions, tags).map((point) => influxLine(point)),
    };
  };
}

/** What each row of a heat pump is told apart by. */
function tagsOf(
  { tags, tag_name: isNamed }: Pick<InfluxSettings, "tags" | "tag_name">,
  device: string,
  name: string | undefined,
): InfluxPoint["tags"] {
  return {
    ...Object.fromEntries(tags.map((tag) => [tag.name, tag.value])),
    ...(isNamed && name !== undefined && { name }),
    device,
  };
}
