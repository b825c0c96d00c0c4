import { css } from "lit";

export const downloadsStyles = css`
  :host {
    container-type: inline-size;
  }
  p {
    margin: 0;
    padding: 8px 4px;
  }
  ul {
    list-style: none;
    margin: 4px 0 0;
    padding: 0;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
    gap: 6px 8px;
  }
  a {
    display: flex;
    align-items: center;
    gap: 12px;
    box-sizing: border-box;
    height: 100%;
    min-height: 44px;
    padding: 6px 10px;
    border-radius: 10px;
    color: inherit;
    text-decoration: none;
    border: 1px solid var(--divider-color);
  }
  a:hover {
    background: color-mix(in srgb, var(--primary-text-color) 4%, transparent);
  }
  a .icon {
    flex: none;
    width: 20px;
    height: 20px;
    color: var(--secondary-text-color);
  }
  .what {
    display: grid;
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .what .quiet {
    font-size: 0.85em;
    line-height: 1.3;
  }
  .format {
    flex: none;
    display: grid;
    justify-items: end;
    font-size: 0.85em;
  }
  .size {
    white-space: nowrap;
  }
  @container (max-width: 230px) {
    a {
      padding: 2px 6px;
      gap: 8px;
    }
    .what .quiet {
      display: none;
    }
  }
  @container (max-width: 130px) {
    a .icon {
      display: none;
    }
  }
`;
