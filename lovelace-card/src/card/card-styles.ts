import { css } from "lit";
import { glanceStyles } from "../look/glance.ts";

export const cardStyles = css`
  :host {
    height: 100%;
  }
  :host([light]) {
    color-scheme: light;
  }
  :host([dark]) {
    color-scheme: dark;
  }
  ha-card {
    display: flex;
    flex-direction: column;
    height: 100%;
    padding: 10px 12px 12px;
    gap: 8px;
    overflow: hidden;
    container: card / inline-size;
  }
  :host([fixed]) ha-card {
    container-type: size;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
  }
  .header {
    display: flex;
    align-items: center;
    gap: 10px;
    min-width: 44px;
    min-height: 44px;
    border-radius: 12px;
    user-select: none;
  }
  .disc {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--now);
    background: color-mix(in srgb, var(--now) 20%, transparent);
  }
  .header .words {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  .header b {
    font-weight: 500;
    line-height: 20px;
  }
  .title {
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
    color: var(--secondary-text-color);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .notice {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    margin: 0;
    min-height: 44px;
    padding: 8px 10px;
    border-radius: 10px;
    --tone: var(--info-color, #039be5);
    background: color-mix(in srgb, var(--tone) 12%, transparent);
  }
  a.notice {
    color: inherit;
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .notice .icon {
    color: var(--tone);
    width: 20px;
    height: 20px;
  }
  .notice.error {
    --tone: var(--error-color, #db4437);
  }
  .notice.warning {
    --tone: var(--warning-color, #ffa600);
  }
  .notice small {
    display: block;
    font-size: var(--ha-font-size-s, 12px);
  }
  .tabs {
    display: flex;
    gap: 2px;
    overflow-x: auto;
    scrollbar-width: none;
    /* A shadow at each end, which a cover that is scrolled along lies on where nothing is hidden. */
    --card: var(--ha-card-background, var(--card-background-color, #fff));
    --shadow: color-mix(in srgb, var(--primary-text-color) 28%, transparent);
    background:
      linear-gradient(to right, var(--card) 40%, transparent) left / 40px 100% no-repeat local,
      linear-gradient(to left, var(--card) 40%, transparent) right / 40px 100% no-repeat local,
      linear-gradient(to right, var(--shadow), transparent) left / 14px 100% no-repeat scroll,
      linear-gradient(to left, var(--shadow), transparent) right / 14px 100% no-repeat scroll;
  }
  [role="tab"] {
    flex: none;
    min-width: 44px;
    min-height: 44px;
    padding: 2px 10px;
    border: 0 solid transparent;
    border-width: 7px 0;
    border-radius: 22px;
    text-align: center;
    white-space: nowrap;
    color: var(--secondary-text-color);
  }
  [role="tab"]:focus-visible {
    outline-offset: -2px;
  }
  [aria-selected="true"] {
    color: var(--primary-text-color);
    font-weight: 500;
    background: color-mix(in srgb, var(--primary-text-color) 9%, transparent) padding-box;
  }
  .empty {
    margin: 0;
    padding: 8px 4px;
    color: var(--secondary-text-color);
  }
  :host([fixed]) .view {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  @container card (max-width: 150px) {
    .top {
      justify-content: center;
    }
    .header {
      flex-direction: column;
      text-align: center;
      gap: 4px;
    }
    .title,
    .notice > span {
      display: none;
    }
    .notice {
      justify-content: center;
    }
  }
  :host([rows="1"]) ha-card {
    flex-direction: row;
    padding-block: 5px;
  }
  ${glanceStyles}
`;
