import { languages } from "@heatloop/core/catalogue/languages";
import { textOf } from "@heatloop/core/catalogue/text-states";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { functionOf, surroundings } from "./run-function.ts";

type Sent = { readonly topic: string; readonly payload: string } | null;

const hear = await functionOf("hear-heat-pump", "hearHeatPump");
const takeWish = await functionOf("take-wish", "takeWish");
const whoSetIt = await functionOf("who-set-it", "whoSetIt");
const changeOrRestore = await functionOf("change-or-restore", "changeOrRestore");
const maxC = 55;

/** The subflow "Change and restore a set-point", with what the heat pump would say. */
function startSetPoint() {
  const around = surroundings({
    HEATLOOP_PREFIX: "p",
    HEATLOOP_EVERY_S: 10,
    HEATLOOP_OPERATION_TOPIC: "sensor/operation_mode/state",
    SETPOINT: "climate/dhw_climate/target_temperature",
    MAX_C: maxC,
  });
  const says = (path: string, payload: string) => hear(around, { topic: `p/${path}`, payload });
  const setpoint = (temperatureC: number) =>
    says("climate/dhw_climate/target_temperature/state", temperatureC.toFixed(1));
  return {
    says,
    setpoint,
    wish: (toC: number | null) => takeWish(around, { topic: "surplus", payload: toC === null ? null : { toC } }),
    wishStep: (byK: number) => takeWish(around, { topic: "price", payload: { byK } }),
    text: () => around.text(),
    /** Ten seconds later: what is sent, °C. */
    look(): number | null {
      vi.setSystemTime(Date.now() + 10_000);
      const ready = whoSetIt<object | null>(around);
      const sent = ready && changeOrRestore<Sent>(around, ready);
      return sent && Number(sent.payload);
    },
  };
}

function startReady(temperatureC: number) {
  const setPoint = startSetPoint();
  setPoint.says("status", "online");
  setPoint.says("sensor/operation_mode/state", "Off");
  setPoint.setpoint(temperatureC);
  return setPoint;
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-01-15T12:00:00Z") }));
afterEach(() => void vi.useRealTimers());

describe("a set-point that is changed and restored", () => {
  it.each<readonly [string, string, string]>([
    ["not there", "status", "offline"],
    ["of an unknown set-point", "climate/dhw_climate/target_temperature/state", "nan"],
    ...languages.map((language) => {
      const text = textOf("operation_mode", "legionella_prevention", language) ?? "";
      return [`in its run "${text}"`, "sensor/operation_mode/state", text] as const;
    }),
  ])("is left alone while the heat pump is %s", (_, path, payload) => {
    const setPoint = startReady(48);
    setPoint.says(path, payload);
    setPoint.wish(52);
    expect(setPoint.look()).toBeNull();
  });

  it("is left alone where what the heat pump does is not known, and the node says which setting that is", () => {
    const setPoint = startSetPoint();
    setPoint.says("status", "online");
    setPoint.setpoint(48);
    setPoint.wish(52);
    expect(setPoint.look()).toBeNull();
    expect(setPoint.text()).toContain("HEATLOOP_OPERATION_TOPIC");
  });

  it("is sent again only after a minute where the heat pump does not confirm it", () => {
    const setPoint = startReady(48);
    const sent = Array.from({ length: 13 }, () => {
      setPoint.wish(52);
      return setPoint.look();
    });
    expect(sent.map((each, i) => [each, i]).filter(([each]) => each !== null)).toEqual([
      [52, 0],
      [52, 6],
      [52, 12],
    ]);
  });

  it("takes an old value that comes late for no person", () => {
    const setPoint = startReady(48);
    setPoint.wish(52);
    expect(setPoint.look()).toBe(52);
    setPoint.setpoint(52);
    setPoint.look();
    setPoint.setpoint(48);
    expect(setPoint.look()).toBeNull();
    setPoint.setpoint(52);
    setPoint.wish(null);
    expect(setPoint.look()).toBe(48);
  });

  it("is restored where nobody repeats the wish", () => {
    const setPoint = startReady(48);
    setPoint.wish(52);
    setPoint.look();
    setPoint.setpoint(52);
    expect(Array.from({ length: 7 }, setPoint.look).filter((each) => each !== null)).toEqual([48]);
  });

  it("takes a step from what a person has, and no wish that is no number", () => {
    const setPoint = startReady(20);
    setPoint.wish(Number.NaN);
    setPoint.wishStep(1);
    expect(setPoint.look()).toBe(21);
    setPoint.setpoint(21);
    setPoint.wishStep(1);
    expect(setPoint.look()).toBeNull();
  });

  it("is within the limit, never below a person's, and a person's in the end, whatever happens", () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ wish: fc.option(fc.double({ min: -10, max: 90, noNaN: true })) }),
        fc.record({ person: fc.integer({ min: 80, max: 120 }).map((half) => half / 2) }),
        fc.record({ looks: fc.integer({ min: 1, max: 8 }) }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const setPoint = startReady(48);
        let personC = 48;
        let nowC = 48;
        let wishC: number | null = null;
        const look = () => {
          setPoint.wish(wishC);
          const sentC = setPoint.look();
          if (sentC === null) return;
          expect(sentC).toBeLessThanOrEqual(Math.max(maxC, personC));
          expect(sentC).toBeGreaterThanOrEqual(personC);
          nowC = sentC;
          setPoint.setpoint(nowC);
        };
        for (const step of all) {
          if ("wish" in step) wishC = step.wish;
          else if ("looks" in step) for (let i = 0; i < step.looks; i += 1) look();
          // A person who sets just what is there changes nothing.
          else if (Math.abs(step.person - nowC) >= 0.5) {
            for (let i = 0; i < 8; i += 1) look();
            if (step.person === nowC) continue;
            personC = step.person;
            nowC = step.person;
            setPoint.setpoint(nowC);
          }
          look();
        }
        wishC = null;
        for (let i = 0; i < 8; i += 1) look();
        expect(nowC).toBe(personC);
      }),
    );
  });
});
