import { type CustomCard, type CustomStrategy, customCard, customStrategy, loadPageTexts } from "./card/config-form.ts";
import { ChartElement, chartTag } from "./chart/chart-element.ts";
import { HeatloopCard } from "./heatloop-card.ts";
import { cardTag } from "./home-assistant/config.ts";
import { HeatloopStrategy, strategyTag } from "./strategy.ts";

// HACS and the add-on may both have installed the card: the first one that loads is the one.
if (customElements.get(cardTag) === undefined) {
  customElements.define(chartTag, ChartElement);
  customElements.define(cardTag, HeatloopCard);
  customElements.define(strategyTag, HeatloopStrategy);
  const page = window as { customCards?: CustomCard[]; customStrategies?: CustomStrategy[] };
  loadPageTexts();
  // The frontend keeps the lists that it finds: they are added to, never replaced.
  page.customCards ??= [];
  page.customCards.push(customCard);
  page.customStrategies ??= [];
  page.customStrategies.push(customStrategy);
}
