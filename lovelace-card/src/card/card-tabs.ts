import { html } from "lit";

type Tabs = {
  readonly names: readonly string[];
  readonly selected: string | undefined;
  label(name: string): string;
  /** `focus`: the keyboard chose it, so the focus moves along. */
  choose(name: string, focus: boolean): void;
};

/** The views of a card as tabs: one of them can be reached with Tab, the others with the arrow keys. */
export function tabs({ names, selected, label, choose }: Tabs) {
  function press(event: KeyboardEvent): void {
    const rightToLeft = getComputedStyle(event.currentTarget as Element).direction === "rtl";
    const next = tabAfter(event.key, names, selected, rightToLeft);
    if (next === undefined) return;
    event.preventDefault();
    choose(next, true);
  }
  return html`<div class="tabs" role="tablist" @keydown=${press}>
    ${names.map(
      (name) => html`<button
        role="tab"
        aria-controls="view"
        aria-selected=${name === selected}
        tabindex=${name === selected ? 0 : -1}
        @click=${() => choose(name, false)}
      >
        ${label(name)}
      </button>`,
    )}
  </div>`;
}

/** The tab that a key leads to, round and round; undefined for a key that leads nowhere. */
export function tabAfter<Name>(
  key: string,
  names: readonly Name[],
  selected: Name | undefined,
  rightToLeft: boolean,
): Name | undefined {
  const at = selected === undefined ? 0 : names.indexOf(selected);
  switch (key) {
    case "Home":
      return names[0];
    case "End":
      return names.at(-1);
    case "ArrowRight":
    case "ArrowLeft":
      return names.at((at + ((key === "ArrowRight") === rightToLeft ? -1 : 1)) % names.length);
    default:
      return undefined;
  }
}
