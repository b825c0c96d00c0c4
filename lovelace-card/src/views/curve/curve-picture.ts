import { html, nothing, svg } from "lit";
import { valueAxis } from "../../chart/value-axis.ts";
import { temperatureIn, temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import type { CurveLine } from "./curve-lines.ts";

type Picture = {
  readonly lines: readonly CurveLine[];
  /** What it says, for who cannot see it. */
  readonly said: string;
  readonly width: number;
  readonly input: ViewInput;
};

/** Room for the labels of the axes, px. */
const edge = { left: 34, right: 10, top: 22, bottom: 36 } as const;
const betweenMarks = { x: 48, y: 32 } as const;
const radius = { least: 2, most: 6 } as const;

/** Flow by outdoor temperature, as wide as its place. */
export function curvePicture({ lines, said, width, input }: Picture) {
  const { texts, formats, hass } = input;
  const unit = hass.config.unit_system.temperature;
  const height = Math.round(Math.min(360, Math.max(180, width * 0.6)));
  const all = lines.flatMap(({ points }) => points);
  const plot = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const axisOf = (values: readonly number[], marks: number) => {
    const shown = values.map((value) => temperatureIn(unit, value));
    return valueAxis(Math.min(...shown), Math.max(...shown), Math.max(2, Math.floor(marks)), { least: 5 });
  };
  const [across, up] = [
    axisOf(
      all.map((point) => point.outdoor_c),
      plot.width / betweenMarks.x,
    ),
    axisOf(
      all.map((point) => point.flow_c),
      plot.height / betweenMarks.y,
    ),
  ];
  const x = (value: number) => edge.left + ((value - across.low) / (across.high - across.low)) * plot.width;
  const y = (value: number) => edge.top + (1 - (value - up.low) / (up.high - up.low)) * plot.height;
  const place: Place = (point) => ({
    x: round(x(temperatureIn(unit, point.outdoor_c))),
    y: round(y(temperatureIn(unit, point.flow_c))),
  });
  const [right, bottom] = [width - edge.right, height - edge.bottom];
  return svg`<svg class="picture" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${said}>
    ${up.ticks.map(
      (tick) => svg`<line class="grid" x1=${edge.left} x2=${right} y1=${round(y(tick))} y2=${round(y(tick))} />
        <text x=${edge.left - 6} y=${round(y(tick)) + 4} text-anchor="end">${formats.number(tick, up.decimals)}</text>`,
    )}
    ${across.ticks.map(
      (tick) => svg`<line class="grid" x1=${round(x(tick))} x2=${round(x(tick))} y1=${edge.top} y2=${bottom} />
        <text x=${round(x(tick))} y=${bottom + 15} text-anchor="middle">${formats.number(tick, across.decimals)}</text>`,
    )}
    <text x="0" y="12">${texts.flow} ${unit}</text>
    <text x=${right} y=${height - 4} text-anchor="end">${texts.outdoor} ${unit}</text>
    ${lines.map((line) => drawn(line, place, input))}
  </svg>`;
}

type Place = (point: { readonly outdoor_c: number; readonly flow_c: number }) => {
  readonly x: number;
  readonly y: number;
};

function drawn(line: CurveLine, place: Place, input: ViewInput) {
  if (line.shape === "points") return pointsOf(line, place, input);
  const path = line.points.map((point) => Object.values(place(point)).join(" ")).join("L");
  return svg`<path class="line ${line.shape}" stroke=${line.color} d=${`M${path}`} />
    ${
      line.shape === "suggested"
        ? line.points.map((point) => {
            const { x, y } = place(point);
            return svg`<rect x=${x - 4} y=${y - 4} width="8" height="8" fill=${line.color} />`;
          })
        : nothing
    }`;
}

/** The longer it was used, the larger the point. */
function pointsOf({ points, color, name }: CurveLine, place: Place, input: ViewInput) {
  const most = Math.max(...points.map(({ minutes = 0 }) => minutes), 1);
  return points.map((point) => {
    const { x, y } = place(point);
    const r = radius.least + (radius.most - radius.least) * Math.sqrt((point.minutes ?? 0) / most);
    const text = `${temperatureText(point.outdoor_c, 0, input)}: ${temperatureText(point.flow_c, 1, input)}`;
    return svg`<circle cx=${x} cy=${y} r=${round(r)} fill=${color}><title>${name}, ${text}</title></circle>`;
  });
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

/** What each colour and shape means. */
export function curveLegend(lines: readonly CurveLine[]) {
  return lines.map(
    ({ name, shape, color }) => html`<span class="key">
      ${svg`<svg class="sample" viewBox="0 0 24 12" aria-hidden="true">${
        shape === "points"
          ? svg`<circle cx="12" cy="6" r="5" fill=${color} />`
          : svg`<path class="line ${shape}" stroke=${color} d="M0 6h24" />`
      }</svg>`}${name}
    </span>`,
  );
}
