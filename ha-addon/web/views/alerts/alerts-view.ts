import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Answer } from "../../api/api.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import { type ChannelTest, channelStyles, loadChannels, noChannels, type ToldChannels } from "../channel-item.ts";
import { type AlertChange, activeAlert } from "./active-alert.ts";
import { type AlertRow, inOrder } from "./alert-row.ts";
import { alertsStyles } from "./alerts-styles.ts";
import { channelsPanel } from "./channels.ts";
import { type EndedAlerts, endedAlerts, loadEnded, noEndedAlerts } from "./ended-alerts.ts";

/** What is wrong now, what was, and who is told. */
class AlertsView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #changes: ReadonlyMap<string, AlertChange> = new Map();
  /** What an answer says of an alert, until `/ws` says it too. */
  #answered: ReadonlyMap<string, AlertRow> = new Map();
  #ended: EndedAlerts = noEndedAlerts;
  #channels: ToldChannels = noChannels;
  #tests: ReadonlyMap<string, ChannelTest> = new Map();
  #isAsked = false;

  set input(input: PageInput) {
    const before = this.#input?.live;
    this.#input = input;
    if (before?.alerts !== input.live.alerts) {
      this.#answered = new Map();
      const isThere = (id: string) => input.live.alerts.some((alert) => alert.id === id);
      this.#changes = new Map([...this.#changes].filter(([id]) => isThere(id)));
      if (before?.alerts.some(({ id }) => !isThere(id))) this.#isAsked = false;
    }
    if (before?.connection !== input.live.connection) this.#isAsked = false;
    this.#ask();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#isAsked = false;
    this.#ask();
  }

  /** Asks for what is over and for the channels: when it is looked at, and when an alert has ended. */
  #ask(): void {
    const input = this.#input;
    if (this.#isAsked || !this.isConnected || input?.live.connection !== "connected") return;
    this.#isAsked = true;
    void this.#loadEnded(undefined);
    void this.#loadChannels();
  }

  async #loadEnded(query: string | undefined): Promise<void> {
    if (this.#input === undefined) return;
    this.#ended = await loadEnded(this.#input.api, this.#ended, query);
    this.requestUpdate();
  }

  async #loadChannels(): Promise<void> {
    if (this.#input === undefined) return;
    this.#channels = await loadChannels(this.#input.api, this.#channels);
    this.requestUpdate();
  }

  async #act(alert: AlertRow, send: () => Promise<Answer<AlertRow | undefined>>): Promise<void> {
    if (this.#changes.get(alert.id)?.kind === "sending") return;
    this.#changed(alert.id, { kind: "sending" });
    const answer = await send();
    if (answer.ok && answer.value !== undefined) {
      this.#answered = new Map([...this.#answered, [alert.id, answer.value]]);
    }
    this.#changed(alert.id, answer.ok ? undefined : { kind: "refused", reason: answer.detail });
    if (answer.ok) await this.#keepFocus(alert.id);
  }

  /** The button that a person pressed may be gone: the focus stays at its alert, or where that was. */
  async #keepFocus(id: string): Promise<void> {
    await this.updateComplete;
    const root = this.renderRoot as ShadowRoot;
    if (root.activeElement !== null) return;
    const [alert, heading] = [root.getElementById(`alert-${id}`), root.getElementById("active")];
    (alert ?? heading)?.focus();
  }

  #changed(id: string, change: AlertChange | undefined): void {
    const changes = new Map(this.#changes);
    if (change === undefined) changes.delete(id);
    else changes.set(id, change);
    this.#changes = changes;
    this.requestUpdate();
  }

  override render() {
    const page = this.#input;
    if (page === undefined) return nothing;
    return html`
      ${this.#active(page)} ${endedAlerts(this.#ended, page, (query) => void this.#loadEnded(query))}
      ${channelsPanel({
        ...{ channels: this.#channels, tests: this.#tests, page },
        load: () => void this.#loadChannels(),
        tested: (name, test) => {
          this.#tests = new Map([...this.#tests, [name, test]]);
          this.requestUpdate();
        },
      })}
    `;
  }

  #active(page: PageInput) {
    const { live, texts } = page;
    const alerts = inOrder(live.alerts.map((alert) => this.#answered.get(alert.id) ?? alert));
    return html`<section class="panel" aria-labelledby="active">
      <h2 id="active" tabindex="-1">${texts.active}</h2>
      ${
        alerts.length > 0
          ? nothing
          : html`<p role="status">${live.version === "" ? texts.connecting : texts.no_alerts}</p>`
      }
      <ul>
        ${repeat(
          alerts,
          ({ id }) => id,
          (alert) =>
            activeAlert({
              ...{ alert, page, change: this.#changes.get(alert.id) },
              act: (of, send) => void this.#act(of, send),
            }),
        )}
      </ul>
    </section>`;
  }

  static override styles = [controlStyles, alertsStyles, channelStyles];
}

export const element = AlertsView;
