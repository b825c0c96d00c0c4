import { fill } from "@heatloop/core/text/fill-text";
import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { html, LitElement, nothing } from "lit";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import type { AskedBack } from "../ask-back.ts";
import { type Asked, afterAnswer, notAsked } from "./asked.ts";
import type { HealthAnswer, ShownLogLevel, ShownLogLine, StatsAnswer } from "./health-answer.ts";
import {
  archivePanel,
  connectionsPanel,
  devicesPanel,
  hubPanel,
  influxPanel,
  programPanel,
  settingsPanel,
  writingOf,
} from "./health-panels.ts";
import { healthStyles } from "./health-styles.ts";
import { logPanel } from "./log-panel.ts";
import { uninstallPanel } from "./uninstall.ts";
import { whileSeen } from "./while-seen.ts";

/** Short enough to see something come back, and next to nothing to answer. */
const askedEachMs = 5 * secondMs;
const logLines = 200;

/** How the program, its connections, its archive and its log are. */
class HealthView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #health: Asked<HealthAnswer> = notAsked;
  #stats: Asked<StatsAnswer> = notAsked;
  #log: Asked<readonly ShownLogLine[]> = notAsked;
  #level: ShownLogLevel = "info";
  #follows = true;
  #uninstall: AskedBack = { kind: "idle" };
  #stop: Stop | undefined;

  set input(input: PageInput) {
    this.#input = input;
    this.#begin();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = undefined;
  }

  #begin(): void {
    if (this.#input === undefined || !this.isConnected || this.#stop !== undefined) return;
    this.#stop = whileSeen(this.#input.clock, askedEachMs, () =>
      this.#ask(this.#follows || this.#log.value === undefined),
    );
  }

  #ask(withLog: boolean): void {
    const input = this.#input;
    if (input === undefined) return;
    const { api, texts } = input;
    void api.get<HealthAnswer>("api/health").then((answer) => {
      this.#health = afterAnswer(this.#health, answer, texts);
      this.requestUpdate();
    });
    void api.get<StatsAnswer>("api/stats").then((answer) => {
      this.#stats = afterAnswer(this.#stats, answer, texts);
      this.requestUpdate();
    });
    if (withLog) void this.#askLog(input);
  }

  async #askLog({ api, texts }: PageInput): Promise<void> {
    const level = this.#level;
    const answer = await api.get<readonly ShownLogLine[]>(`api/log?limit=${logLines}&level=${level}`);
    if (this.#level !== level) return;
    this.#log = afterAnswer(this.#log, answer, texts);
    this.requestUpdate();
  }

  #setLevel(level: ShownLogLevel): void {
    this.#level = level;
    if (this.#input !== undefined) void this.#askLog(this.#input);
    this.requestUpdate();
  }

  #setFollows(follows: boolean): void {
    this.#follows = follows;
    this.#ask(follows);
    this.requestUpdate();
  }

  #setUninstall(state: AskedBack): void {
    this.#uninstall = state;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { texts } = input;
    return html`
      <p role="alert">${this.#health.failure === "" ? "" : fill(texts.failed, { reason: this.#health.failure })}</p>
      ${this.#health.value === undefined ? html`<p class="quiet" role="status">${texts.loading}</p>` : this.#panels(this.#health.value, input)}
      ${logPanel({
        ...{ input, log: this.#log, level: this.#level, follows: this.#follows },
        setLevel: (level) => this.#setLevel(level),
        setFollows: (follows) => this.#setFollows(follows),
        refresh: () => this.#ask(true),
      })}
      <section class="panel">
        <h2>${texts.diagnostics}</h2>
        <p>${texts.diagnostics_hint}</p>
        <p>${texts.diagnostics_without}</p>
        <a class="button" href="api/diagnostics" download="heatloop-diagnostics.json">${texts.download}</a>
      </section>
      ${uninstallPanel({ input, state: this.#uninstall, changed: (state) => this.#setUninstall(state) })}
    `;
  }

  #panels(health: HealthAnswer, input: PageInput) {
    const writing = writingOf(input);
    const isWell = health.status === "ok";
    return html`<p class=${isWell ? "well" : "ill"} role="status">
        ${isWell ? input.texts.health_ok : input.texts.health_degraded}
      </p>
      <div class="panels">
        ${settingsPanel(health, writing)} ${connectionsPanel(health, writing)} ${archivePanel(health, writing)}
        ${influxPanel(health.influx, writing)} ${hubPanel(health.hub, writing)} ${devicesPanel(health.devices ?? [], input.live, writing)}
        ${programPanel(health.version, this.#stats.value, writing)}
      </div>`;
  }

  static override styles = healthStyles;
}

export const element = HealthView;
