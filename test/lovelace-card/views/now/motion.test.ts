import { describe, expect, it } from "vitest";
import { cardBrowser } from "#test/lovelace-card/support/card-browser.ts";
import { showCard } from "#test/lovelace-card/support/card-page.ts";
import { heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, built } = cardBrowser({ viewport: { width: 600, height: 600 } });

async function show(): Promise<void> {
  await page().clock.install();
  await showCard(page(), built(), { devices: [heatloopDevice("home")], home: { states: running } });
  await page().locator("heatloop-now .picture").waitFor();
}

/** Where the fan and the drops are. */
const places = () =>
  page().evaluate(`[...card.shadowRoot.querySelector("heatloop-now").shadowRoot
    .querySelectorAll(".fan, .drops")].map((each) => each.style.transform).join()`) as Promise<string>;

/** Whether anything has moved after a step's time. */
async function moves(): Promise<boolean> {
  const before = await places();
  await page().clock.runFor(500);
  return (await places()) !== before;
}
const moving = () => waitFor(moves, "it moves");
const still = () => waitFor(async () => !(await moves()), "it stands still");

const hide = (state: string) =>
  page().evaluate(`(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "${state}" });
    document.dispatchEvent(new Event("visibilitychange"));
  })()`);
const scrollTo = (y: number) =>
  page().evaluate(`(() => { document.body.style.height = "5000px"; scrollTo(0, ${y}); })()`);

describe("the picture of the view Now", () => {
  it("moves while water is moved, and stands still where none is", async () => {
    await show();
    await moving();
    await page().evaluate(
      `setStates({ "sensor.home_operation": ["standby"], "binary_sensor.home_water_pump": ["off"] })`,
    );
    await still();
    await page().evaluate(`setStates({ "binary_sensor.home_water_pump": ["on"] })`);
    await moving();
  });

  it("stands still while it is out of sight, and moves on in sight again", async () => {
    await show();
    await moving();
    await scrollTo(3000);
    await still();
    await scrollTo(0);
    await moving();
  });

  it("stands still while the page is hidden, and once it is taken out", async () => {
    await show();
    await moving();
    await hide("hidden");
    expect(await moves()).toBe(false);
    await hide("visible");
    expect(await moves()).toBe(true);
    await page().evaluate("window.place = card.parentNode, card.remove()");
    expect(await moves()).toBe(false);
    await page().evaluate("place.append(card)");
    await moving();
  });

  it("stands still for who wants less motion, from when it is wanted", async () => {
    await show();
    await moving();
    await page().emulateMedia({ reducedMotion: "reduce" });
    await still();
  });

  it("has no animation that the browser draws frame by frame", async () => {
    await show();
    const running = "card.shadowRoot.querySelector('heatloop-now').getAnimations({ subtree: true }).length";
    expect(await page().evaluate(running)).toBe(0);
  });
});
