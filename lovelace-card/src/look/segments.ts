import { css, html } from "lit";

/** What one can choose one of; `chosen` undefined is none of them. */
export type Segments<Name extends string> = {
  /** What is chosen, for screen readers. */
  readonly label: string;
  readonly names: readonly Name[];
  readonly chosen: Name | undefined;
  readonly disabled?: boolean;
  text(name: Name): string;
  choose(name: Name): void;
};

/** Buttons that are joined to one row, as those of Home Assistant. */
export function segments<Name extends string>(of: Segments<Name>) {
  const { label, names, chosen, disabled = false, text, choose } = of;
  return html`<div class="segments" role="group" aria-label=${label}>
    ${names.map(
      (name) =>
        html`<button aria-pressed=${name === chosen} ?disabled=${disabled} @click=${() => choose(name)}
          ><bdi>${text(name)}</bdi></button
        >`,
    )}
  </div>`;
}

// White on the chosen button, as Home Assistant has it, has too little contrast for small letters.
export const segmentsStyles = css`
  .segments {
    display: flex;
    gap: 1px;
    max-width: 100%;
  }
  .segments button {
    flex: 1 1 auto;
    min-width: 0;
    /* A finger has 44 px of which the edge is not seen. */
    min-height: 44px;
    border: 0 solid transparent;
    border-width: 6px 0;
    padding: 2px clamp(3px, 2.5cqi, 12px);
    overflow: hidden;
    text-align: center;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: var(--ha-font-size-s, 12px);
    --fill: var(--ha-color-fill-primary-normal-resting, color-mix(in srgb, var(--primary-color) 10%, transparent));
    background: var(--fill) padding-box;
  }
  .segments button:hover {
    background-color: color-mix(in srgb, var(--primary-text-color) 8%, var(--fill));
  }
  .segments button:first-child {
    border-start-start-radius: 22px;
    border-end-start-radius: 22px;
  }
  .segments button:last-child {
    border-start-end-radius: 22px;
    border-end-end-radius: 22px;
  }
  .segments [aria-pressed="true"] {
    font-weight: 500;
    --fill: color-mix(in srgb, var(--primary-color) 36%, var(--card-background-color, #fff));
  }
  .segments :focus-visible {
    outline-offset: -6px;
  }
  @container (max-width: 380px) {
    .segments {
      width: 100%;
    }
  }
  @container (max-width: 230px) {
    .segments {
      display: none;
    }
  }
`;
