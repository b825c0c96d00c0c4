import { css, nothing, svg } from "lit";
import type { Situation } from "../../home-assistant/situation.ts";

/** Whether water moves, and between what; `heat` says which way heat goes. */
export type DrawnCircuit = {
  readonly situation: Situation;
  readonly tank: boolean;
  readonly pump: boolean | null;
};

type Pipe = { readonly path: string; readonly drops: readonly Level[] };
/** A level length of a pipe. */
type Level = { readonly x: number; readonly y: number; readonly length: number };

const radiator = "M250 128v40m16-40v40m16-40v40m16-40v40m16-40v40M250 128h64M250 168h64";
const house = "M228 190V84m200 106V84M212 94 328 18 444 94";
const toHouse = {
  flow: { path: "M112 128H250", drops: [{ x: 112, y: 128, length: 138 }] },
  back: { path: "M250 168H112", drops: [{ x: 112, y: 168, length: 138 }] },
} as const satisfies Readonly<Record<string, Pipe>>;
const toTank = {
  flow: {
    path: "M112 128h126v-8h120",
    drops: [
      { x: 112, y: 128, length: 126 },
      { x: 238, y: 120, length: 120 },
    ],
  },
  back: {
    path: "M358 180H238v-12H112",
    drops: [
      { x: 238, y: 180, length: 120 },
      { x: 112, y: 168, length: 126 },
    ],
  },
} as const satisfies Readonly<Record<string, Pipe>>;
const blade = "M52 146c2-12 12-16 16-22 4 8 0 18-16 22z";

/**
 * The circuit as a drawing of 456 x 210: source, house and tank, with the pipes that carry water now. The figures lie
 * over it as HTML, so it says nothing to a screen reader. `--now` is the colour of what it does.
 */
export function picture({ situation, tank, pump }: DrawnCircuit) {
  const hotWater = situation === "hot_water";
  const runs = isRunning(situation);
  const flows = runs ? pump !== false : pump === true;
  const now = hotWater && tank ? toTank : toHouse;
  const still = hotWater && tank ? toHouse : toTank;
  // In a defrost, as in cooling, heat goes from the house to the outdoor unit.
  const reversed = situation === "defrost" || situation === "cooling";
  return svg`<svg class="picture" viewBox="0 0 456 210" aria-hidden="true">
    <path class="line" d="M4 190h124M212 190h232" />
    <path class="line" d=${house} />
    <rect class="unit" x="12" y="104" width="100" height="86" rx="8" />
    <circle class="line" cx="52" cy="146" r="31" />
    <g class="fan" data-step=${isTurning(situation) ? "rotate(calc({} * 120deg))" : nothing}><path d=${blade} /><path d=${blade} transform="rotate(120 52 146)" /><path d=${blade} transform="rotate(240 52 146)" /></g>
    <path class="line" d="M94 122v50m8-50v50" />
    ${situation === "defrost" ? svg`<path class="ice" d="M22 112l4 9 4-9m6 0 4 7 4-7m8 0 4 9 4-9m6 0 4 6 4-6" />` : ""}
    ${tank ? svg`<path class="still" d=${still.flow.path + still.back.path} />` : ""}
    <path class="radiator ${runs && now === toHouse ? "warm" : ""}" d=${radiator} />
    ${
      tank
        ? svg`<rect class="tank ${hotWater ? "warm" : ""}" x="358" y="116" width="44" height="72" rx="12" />
          <path class="line" d="M369 134h22m-22 12h22" />`
        : ""
    }
    <path class="pipe ${runs ? (reversed ? "cool" : "warm") : ""}" d=${now.flow.path} />
    <path class="pipe ${runs ? (reversed ? "warm" : "cool") : ""}" d=${now.back.path} />
    ${flows ? [now.flow.drops.map((level) => drops(level, 1)), now.back.drops.map((level) => drops(level, -1))] : nothing}
    ${runs ? svg`<path class="heat" d=${reversed ? "M136 142l-6 6 6 6m12-12-6 6 6 6" : "M124 142l6 6-6 6m12-12 6 6-6 6"} />` : ""}
  </svg>`;
}

/** Whether anything of it moves: water or the fan. */
export function isMoving({ situation, pump }: Pick<DrawnCircuit, "situation" | "pump">): boolean {
  return isRunning(situation) || pump === true;
}

function isRunning(situation: Situation): boolean {
  return situation === "heating" || situation === "hot_water" || situation === "cooling" || situation === "defrost";
}

/** The fan of the outdoor unit stands while it is being defrosted. */
function isTurning(situation: Situation): boolean {
  return isRunning(situation) && situation !== "defrost";
}

/** What flows, in a window of its own that hides where the next drop comes from. */
function drops({ x, y, length }: Level, direction: 1 | -1) {
  return svg`<svg x=${x} y=${y - 2} width=${length} height="4">
    <path class="drops" data-step="translateX(calc({} * ${16 * direction}px))" d="M-16 2H${length + 16}" />
  </svg>`;
}

export const pictureStyles = css`
  .picture {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
    --cool: var(--blue-color, #2b9af9);
    --faint: var(--divider-color, #e0e0e0);
  }
  .picture * {
    fill: none;
    stroke: var(--secondary-text-color);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .picture .line {
    opacity: 0.45;
  }
  .picture .unit {
    fill: color-mix(in srgb, var(--now) 8%, transparent);
    opacity: 0.8;
  }
  .picture .fan path {
    fill: var(--now);
    stroke: none;
    opacity: 0.75;
  }
  .picture .ice,
  .picture .heat {
    stroke: var(--now);
    stroke-width: 2.5;
  }
  .picture .still,
  .picture .pipe {
    stroke: var(--faint);
    stroke-width: 5;
  }
  .picture .still {
    stroke-width: 3;
  }
  .picture .pipe.warm {
    stroke: var(--now);
  }
  .picture .pipe.cool {
    stroke: var(--cool);
    opacity: 0.55;
  }
  .picture .radiator {
    stroke: var(--faint);
    stroke-width: 4;
  }
  .picture .radiator.warm {
    stroke: color-mix(in srgb, var(--now) 55%, transparent);
  }
  .picture .tank.warm {
    fill: color-mix(in srgb, var(--now) 25%, transparent);
    stroke: var(--now);
  }
  .picture .drops {
    stroke: var(--card-background-color, #fff);
    stroke-width: 2;
    stroke-dasharray: 4 12;
    opacity: 0.85;
    will-change: transform;
  }
  .fan {
    transform-origin: 52px 146px;
    will-change: transform;
  }
`;
