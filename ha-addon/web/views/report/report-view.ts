import { fill } from "@heatloop/core/text/fill-text";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import {
  chosenDates,
  type Dates,
  type DatesChoice,
  datesOfChoice,
  mistakeOfDates,
  rememberDates,
} from "../chosen-dates.ts";
import { dateFields } from "../date-fields.ts";
import { localToday } from "../local-date.ts";
import { noHeatPump } from "../no-heat-pump.ts";
import { reasonText } from "../reason-text.ts";
import { devicePath, reportQuery } from "../report-query.ts";
import { printFrame, reportFrame } from "./report-frame.ts";
import { unitField } from "./unit-field.ts";

/** Seconds until a report is shown with what is there; as long between two looks at how far the rest is. */
const waitS = 1;

/** What a report is asked for. */
type Order = { readonly device: string; readonly dates: Dates; readonly query: URLSearchParams };
type Shown = Order & { readonly page: string; readonly name: string };
type Loading = { readonly kind: "loading" | "done" } | { readonly kind: "failed"; readonly reason: string };

/** The report of a range: read here, printed, opened beside the page or taken along. */
class ReportView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #unit: ReportUnit | undefined;
  #shown: Shown | undefined;
  #loading: Loading = { kind: "done" };
  #asked: { readonly address: string; readonly abort: AbortController } | undefined;

  set input(input: PageInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked?.abort.abort();
    this.#asked = undefined;
  }

  /** Another heat pump, language or day asks anew by itself. */
  override willUpdate(): void {
    const order = this.#order();
    if (order === undefined) return;
    const address = addressOf(order, "report.html");
    if (this.#asked?.address !== address) void this.#load(order, address);
  }

  #order(): Order | undefined {
    const input = this.#input;
    if (input?.device === undefined || !this.isConnected) return undefined;
    const dates = datesOfChoice(chosenDates(input.api), localToday(input));
    if (mistakeOfDates(dates, localToday(input)) !== undefined) return undefined;
    return { device: input.device.id, dates, query: reportQuery(dates, input.language, this.#unit) };
  }

  async #load(order: Order, address: string): Promise<void> {
    const input = this.#input;
    if (input?.device === undefined) return;
    const { name } = input.device;
    this.#asked?.abort.abort();
    const abort = new AbortController();
    this.#asked = { address, abort };
    this.#loading = { kind: "loading" };
    // A first report of years has its first figures at once, and says how far the rest is.
    for (let isWhole = false; !isWhole && !abort.signal.aborted; ) {
      const answer = await input.api.text(`${address}&wait=${waitS}`, abort.signal);
      if (abort.signal.aborted) return;
      isWhole = !answer.ok || !answer.headers.has("refresh");
      if (answer.ok) this.#shown = { ...order, page: answer.value, name };
      if (!answer.ok) this.#loading = { kind: "failed", reason: reasonText(answer, input.texts) };
      else if (isWhole) this.#loading = { kind: "done" };
      this.requestUpdate();
    }
  }

  #choose(choice: DatesChoice): void {
    if (this.#input === undefined) return;
    rememberDates(this.#input.api, choice);
    this.requestUpdate();
  }

  #again(): void {
    this.#asked?.abort.abort();
    this.#asked = undefined;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    if (input.device === undefined) return noHeatPump(input);
    const { texts, api } = input;
    const loading = this.#loading;
    return html`<section class="panel choice">
        <h2>${texts.report}</h2>
        ${dateFields({
          ...{ texts, choice: chosenDates(api), today: localToday(input) },
          chosen: (choice) => this.#choose(choice),
        })}
        <div class="row">
          ${unitField(this.#unit, texts, (unit) => {
            this.#unit = unit;
            this.requestUpdate();
          })}
          <button @click=${() => this.#again()}>${texts.show}</button>
        </div>
        <p class="quiet" role="status">${loading.kind === "loading" ? texts.report_loading : ""}</p>
        <p role="alert">${loading.kind === "failed" ? fill(texts.failed, { reason: loading.reason }) : ""}</p>
        ${this.#shown === undefined ? nothing : this.#takeAlong(this.#shown, input)}
      </section>
      ${this.#shown === undefined ? nothing : reportFrame(this.#shown.page, `${texts.report}: ${this.#shown.name}, ${datesText(this.#shown.dates, input)}`)}`;
  }

  #takeAlong(shown: Shown, { texts }: PageInput) {
    const file = (ending: string, text: string) =>
      html`<a class="button" href=${addressOf(shown, `report.${ending}`)} download=${fileName(shown, ending)}>${text}</a>`;
    return html`<div class="row">
      <button class="main" @click=${() => printFrame(this.renderRoot.querySelector("iframe"))}>${texts.print}</button>
      <a class="button" href=${addressOf(shown, "report.html")} target="_blank" rel="noopener">${texts.open_report}</a>
      ${file("csv", "CSV")} ${file("json", "JSON")} ${file("txt", texts.text_file)}
    </div>`;
  }

  static override styles = [
    controlStyles,
    css`
      .ranges {
        margin-bottom: 10px;
      }
      iframe {
        display: block;
        width: 100%;
        min-height: 320px;
        border: 0;
        border-radius: 14px;
        box-shadow: 0 0 0 1px var(--divider-color);
      }
      @media print {
        .choice {
          display: none;
        }
      }
    `,
  ];
}

function addressOf({ device, query }: Order, what: string): string {
  return devicePath(device, what, query);
}

function fileName({ device, dates }: Order, ending: string): string {
  return `heatloop-${device}-report-${dates.from}-to-${dates.to}.${ending}`;
}

function datesText({ from, to }: Dates, { language }: PageInput): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  return format.formatRange(Date.parse(from), Date.parse(to));
}

export const element = ReportView;
