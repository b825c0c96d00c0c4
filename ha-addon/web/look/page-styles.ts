import { css } from "lit";
import { controlStyles } from "./control-styles.ts";

/** The page's frame: a row of links on a phone, a column beside the content where there is room. */
const frameStyles = css`
  :host {
    display: grid;
    grid-template: auto auto 1fr auto / minmax(0, 1fr);
    min-height: 100vh;
    max-width: 1600px;
    margin-inline: auto;
    padding: 0 16px;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    padding: 8px 0;
  }
  h1 {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 0;
    font-size: 1.25rem;
    font-weight: 600;
  }
  nav {
    display: flex;
    gap: 4px;
    margin: 0 -16px;
    padding: 4px 16px 8px;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  nav a {
    flex: none;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    padding: 4px 12px;
    border-radius: 10px;
    color: inherit;
    text-decoration: none;
  }
  nav a:hover {
    background: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
  }
  nav [aria-current] {
    font-weight: 600;
    background: color-mix(in srgb, var(--primary-color) 18%, transparent);
  }
  .count {
    min-width: 20px;
    padding: 0 6px;
    border-radius: 10px;
    font-size: 0.8rem;
    text-align: center;
    color: var(--card-background-color);
    background: var(--error-color);
  }
  main {
    display: block;
    min-width: 0;
    padding-bottom: 24px;
    outline: none;
  }
  main:focus-visible {
    outline: none;
  }
  main > * {
    display: block;
  }
  /* The last that was known, until there is news. */
  main.old > * {
    filter: grayscale(1);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 24px;
    padding: 12px 0;
    border-top: 1px solid var(--divider-color);
    color: var(--secondary-text-color);
    font-size: 0.85rem;
  }
  footer a {
    display: grid;
    place-items: center;
    min-width: 44px;
    min-height: 44px;
    color: inherit;
  }
  .skip {
    position: absolute;
    inset-inline-start: -9999px;
  }
  .skip:focus {
    inset-inline-start: 8px;
    top: 8px;
    z-index: 1;
    padding: 8px 12px;
    border-radius: 10px;
    color: var(--primary-text-color);
    background: var(--card-background-color);
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    margin: 0 0 12px;
    padding: 10px 14px;
    border-radius: 12px;
    border: 1px solid currentColor;
    background: var(--card-background-color);
  }
  .banner span {
    flex: 1 1 200px;
    color: var(--primary-text-color);
  }
  .error {
    color: var(--error-color);
  }
  .warning {
    color: var(--warning-color);
  }
  .sign-in {
    max-width: 360px;
    margin: 8vh auto 0;
  }
  @media print {
    header,
    nav,
    footer,
    .banner {
      display: none;
    }
  }
  @media screen and (min-width: 900px) {
    :host {
      grid-template: "head head" auto "nav main" 1fr "foot foot" auto / 190px minmax(0, 1fr);
      column-gap: 24px;
    }
    header {
      grid-area: head;
    }
    nav {
      grid-area: nav;
      flex-direction: column;
      overflow: visible;
      margin: 0;
      padding: 0;
    }
    nav a {
      justify-content: space-between;
    }
    main {
      grid-area: main;
    }
    footer {
      grid-area: foot;
    }
  }
`;

export const pageStyles = [controlStyles, frameStyles];
