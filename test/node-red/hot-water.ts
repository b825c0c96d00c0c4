import { expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { prefix, type Stand } from "./stand.ts";

/** The tab "Hot water on surplus" and the set-point that it changes and restores. */
export function tryHotWater(stand: () => Stand): void {
  const settings = () => stand().simulator.home.settings;
  const setpointC = () => settings().number("dhw_climate_target");
  const command = "climate/dhw_climate/target_temperature/command";
  const sent = () => stand().commands.filter((line) => line.startsWith(command));
  /** Both have it: the heat pump, and the person who counts what was sent, over a connection of their own. */
  const isAt = (temperatureC: number) =>
    setpointC() === temperatureC && Number(sent().at(-1)?.split(" ")[1]) === temperatureC;
  const is = (temperatureC: number) => waitFor(() => isAt(temperatureC), `${temperatureC} °C`, 60_000);
  const person = (temperatureC: number) => stand().publish(`${prefix}/${command}`, String(temperatureC));
  const surplus = (payload: string, isSo: () => boolean, what: string) =>
    stand().reportUntil({ "home/pv": payload }, isSo, what);
  const surplusFor = (payload: string, looks: number) => stand().reportFor({ "home/pv": payload }, looks);
  const raise = () => surplus('{"surplus": 2.5}', () => isAt(54), "the hot water is raised, to its limit");

  it("raise the hot water on surplus, to the limit at most, and restore it when the surplus is over", async () => {
    await surplusFor('{"surplus": 1.0}', 4);
    expect(sent()).toEqual([]);
    await raise();
    await surplusFor('{"surplus": 0.8}', 4);
    expect(setpointC()).toBe(54);
    await stand().publish("home/pv", '{"surplus": 0.2}');
    await is(48);
    expect(sent()).toEqual([`${command} 54.0`, `${command} 48.0`]);
  }, 120_000);

  it.each(["unavailable", '{"surplus": "unknown"}', "silence"])(
    "restore it on %s",
    async (payload) => {
      await raise();
      if (payload !== "silence") await stand().publish("home/pv", payload);
      await is(48);
    },
    120_000,
  );

  it("restore it after a restart in the middle", async () => {
    await raise();
    await stand().nodeRed.restart();
    await is(48);
  }, 120_000);

  it("leave it to a person who changes it meanwhile, until the surplus is over", async () => {
    await raise();
    await person(50);
    const before = sent().length;
    await surplusFor('{"surplus": 2.5}', 6);
    await stand().publish("home/pv", "unavailable");
    await stand().looks(3);
    expect(setpointC()).toBe(50);
    expect(
      sent()
        .slice(before)
        .filter((line) => !line.endsWith(" 50")),
    ).toEqual([]);
    await person(48);
    await is(48);
  }, 120_000);

  it("never make it lower than what a person has", async () => {
    await person(56);
    await is(56);
    const before = sent().length;
    await surplusFor('{"surplus": 2.5}', 6);
    expect(sent()).toHaveLength(before);
    await stand().publish("home/pv", "unavailable");
    await person(48);
    await is(48);
    await stand().looks(2);
  }, 120_000);

  it("leave a legionella run alone, and restore it afterwards", async () => {
    await raise();
    const { controller } = stand().simulator.home;
    const isRun = () => stand().reported("sensor/operation_mode/state") === "Legionella Prevention";
    // A charge that is under way would be finished first.
    controller.hotWater = { kind: "resting" };
    controller.legionellaWeek -= 1;
    await surplus('{"surplus": 2.5}', isRun, "the legionella run begins");
    const before = sent().length;
    await stand().publish("home/pv", "unavailable");
    await stand().looks(4);
    expect(sent()).toHaveLength(before);
    expect(setpointC()).toBe(54);
    controller.hotWater = { kind: "resting" };
    await is(48);
  }, 120_000);

  it("restore it when the ESP32 is back, where it was away at the end of the surplus", async () => {
    await raise();
    stand().simulator.dropConnection(18);
    await stand().publish("home/pv", "unavailable");
    await is(48);
  }, 120_000);

  it("send few commands however much is reported, and end where they began", async () => {
    const before = sent().length;
    const payloads = ['{"surplus": 9}', '{"surplus": -9}', "", "[]", '{"surplus": 1e999}', "{"];
    for (let i = 0; i < 1000; i += 1) await stand().publish("home/pv", payloads[i % payloads.length] as string);
    await stand().publish("home/pv", '{"surplus": 0}');
    await stand().looks(3);
    expect(sent().length - before).toBeLessThanOrEqual(2);
    expect(setpointC()).toBe(48);
  }, 120_000);
}
