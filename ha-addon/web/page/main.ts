import { HeatloopPage } from "./heatloop-page.ts";

customElements.define("heatloop-page", HeatloopPage);
