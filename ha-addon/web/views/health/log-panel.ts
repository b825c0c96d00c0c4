import { html, nothing } from "lit";
import type { PageInput } from "../../page/page-input.ts";
import type { Asked } from "./asked.ts";
import { type ShownLogLevel, type ShownLogLine, shownLogLevels } from "./health-answer.ts";

type LogPanel = {
  readonly input: PageInput;
  readonly log: Asked<readonly ShownLogLine[]>;
  readonly level: ShownLogLevel;
  readonly follows: boolean;
  setLevel(level: ShownLogLevel): void;
  setFollows(follows: boolean): void;
  refresh(): void;
};

/** The newest lines of the program's log, the newest one on top, where it is seen. */
export function logPanel({ input, log, level, follows, setLevel, setFollows, refresh }: LogPanel) {
  const { texts } = input;
  const pick = (event: Event) => setLevel((event.target as HTMLSelectElement).value as ShownLogLevel);
  return html`<section class="panel">
    <h2>${texts.log}</h2>
    <div class="row">
      <label
        >${texts.log_level}
        <select @change=${pick}>
          ${shownLogLevels.map((each) => html`<option value=${each} ?selected=${each === level}>${texts[`level_${each}`]}</option>`)}
        </select></label
      >
      <label
        ><input
          type="checkbox"
          .checked=${follows}
          @change=${(event: Event) => setFollows((event.target as HTMLInputElement).checked)}
        />${texts.follow}</label
      >
      <button @click=${refresh}>${texts.refresh}</button>
    </div>
    <p role="alert">${log.failure}</p>
    ${lines(log.value, input)}
  </section>`;
}

function lines(known: readonly ShownLogLine[] | undefined, { texts, language, live }: PageInput) {
  if (known === undefined) return nothing;
  if (known.length === 0) return html`<p class="quiet">${texts.log_empty}</p>`;
  const zone = live.timeZone === "" ? {} : { timeZone: live.timeZone };
  const times = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "medium", ...zone });
  return html`<div class="log" tabindex="0" role="region" aria-label=${texts.log}>
    <ol>
      ${known.toReversed().map(
        ({ time, level, text }) => html`<li class=${level}>
          <span class="quiet">${times.format(Date.parse(time))}</span>
          <strong>${texts[`line_${level}`]}</strong> <span>${text}</span>
        </li>`,
      )}
    </ol>
  </div>`;
}
