import { html } from "lit";
import type { Chart, Fill, Item } from "./chart.ts";

/** What one has switched on and off, by the keys of items and the names of stacks. */
export type Switched = ReadonlyMap<string, boolean>;

/** A row of the legend: a stack, or the items of one key. */
export type LegendRow = {
  readonly key: string;
  readonly kind: "bar" | "line" | "band";
  readonly text: string;
  /** For screen readers: what each colour means. */
  readonly spoken: string;
  readonly samples: readonly LegendSample[];
  readonly on: boolean;
};

/** A colour as it is filled. */
export type LegendSample = { readonly color: string; readonly fill: Fill };

/** Whether an item is shown. */
export function isShown({ key, off, stack }: Item, switched: Switched): boolean {
  return (switched.get(key) ?? off !== true) && switched.get(stack ?? key) !== false;
}

/** The rows of what a chart has: stacks first, then each key in the order of its first item. */
export function legendRows(chart: Chart, switched: Switched): readonly LegendRow[] {
  const { bars = [], lines = [], bands = [], stacks = {} } = chart;
  const kinds = new Map<Item, LegendRow["kind"]>([
    ...bars.map((item) => [item, "bar"] as const),
    ...lines.map((item) => [item, "line"] as const),
    ...bands.map((item) => [item, "band"] as const),
  ]);
  const rowOf = (key: string, text: string | undefined, items: readonly Item[]): LegendRow[] => {
    const [first] = items;
    if (first === undefined) return [];
    const names = items.map(({ name }) => name).join(", ");
    const label = text ?? first.legend ?? first.name;
    return [
      {
        key,
        kind: kinds.get(first) ?? "line",
        text: label,
        // What is read out has to hold what is to be seen.
        spoken: text === undefined && names.includes(label) ? names : label,
        samples: samplesOf(items),
        on: switched.get(key) ?? first.off !== true,
      },
    ];
  };
  const named = Object.entries(stacks);
  const groups = Map.groupBy(kinds.keys(), ({ key }) => key);
  return [
    ...named.flatMap(([stack, name]) =>
      rowOf(
        stack,
        name,
        bars.filter((bar) => bar.stack === stack),
      ),
    ),
    ...[...groups].flatMap(([key, items]) => (key in stacks ? [] : rowOf(key, undefined, items))),
  ];
}

/** The buttons of the legend. */
export function legend(rows: readonly LegendRow[], toggle: (row: LegendRow) => void) {
  return rows.map(
    (row) => html`<button
      aria-pressed=${row.on}
      aria-label=${row.spoken}
      title=${row.spoken}
      @click=${() => toggle(row)}
    >
      <span class="swatches">${row.samples.map((sample) => swatch(sample, row.kind))}</span
      ><span class="name">${row.text}</span>
    </button>`,
  );
}

/** Each colour in each of its fills once. */
function samplesOf(items: readonly Item[]): readonly LegendSample[] {
  const samples = items.map(({ color, fill = "full" }) => ({ color, fill }));
  return [...new Map(samples.map((sample) => [`${sample.fill} ${sample.color}`, sample])).values()];
}

/** The sign of a colour, filled as it is in the picture. */
export function swatch({ color, fill = "full" }: Pick<Item, "color" | "fill">, kind: LegendRow["kind"]) {
  return html`<span class="swatch ${kind} ${fill}" .style=${`color: ${color}`}></span>`;
}
