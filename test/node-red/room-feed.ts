import { expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { everyS, type Stand } from "./stand.ts";

/** The tab "Room feed": what reaches the heat pump, and what never does. */
export function tryRoomFeed(stand: () => Stand): void {
  const fedC = () => stand().simulator.home.settings.number("room_feedback_zone_1");
  const report = (topic: string, payload: string) => stand().publish(topic, payload);
  const numbers = () => stand().commands.filter((line) => line.startsWith("number/"));
  const fed = (meanC: string) => waitFor(() => numbers().at(-1)?.endsWith(` ${meanC}`), `${meanC} °C is fed`, 60_000);

  it("feed the heat pump with the mean of the rooms, its name first", async () => {
    const all = {
      "home/living_room": "21.0",
      "home/kitchen": '{"temperature": 20.4, "battery": 90}',
      "home/bedroom": "41.2",
    };
    await stand().reportUntil(all, () => Math.abs(fedC() - 20.7) < 0.01, "the mean is fed");
    await fed("20.7");
    const feed = stand().commands.filter((line) => !line.startsWith("climate/"));
    const [name, value] = feed.slice(-2);
    expect(name).toBe("text/room_feeder_z1/command Node-RED");
    expect(value).toBe("number/auto-adaptive__current_room_temperature_feedback_z1/command 20.7");
  }, 90_000);

  it("take no room that reports 0, a word, or what no room has; two of three are enough", async () => {
    await report("home/living_room", "0");
    await report("home/kitchen", '{"temperature": 20.9}');
    await report("home/bedroom", "41.8");
    await fed("20.9");
    await report("home/living_room", "unavailable");
    await report("home/kitchen", '{"temperature": 21.3}');
    await fed("21.1");
  }, 150_000);

  it("take a room that retains all its reports, once it reports", async () => {
    await stand().publishRetained("home/bedroom", "42.2");
    await fed("21.2");
    await report("home/bedroom", "41.8");
    await fed("21.1");
  }, 150_000);

  it("send nothing where too few rooms are good, and go on once they are", async () => {
    await report("home/kitchen", "no JSON");
    const before = numbers().length;
    await stand().looks(2);
    expect(numbers()).toHaveLength(before);
    await report("home/bedroom", "43");
    await report("home/living_room", "unavailable");
    await report("home/kitchen", '{"temperature": 21.3}');
    await waitFor(() => numbers().length > before, "the feed goes on", 60_000);
    expect(numbers().slice(before)).toEqual([expect.stringMatching(/ 21\.4$/)]);
  }, 90_000);

  it("send one temperature at most in each look at the clock, however much is reported", async () => {
    const before = numbers().length;
    const from = performance.now();
    for (let i = 0; i < 1000; i += 1) await report("home/kitchen", `{"temperature": ${20 + (i % 20) / 10}}`);
    await report("home/kitchen", '{"temperature": 20.5}');
    await fed("21.0");
    const looks = (performance.now() - from) / (everyS * 1000);
    expect(numbers().length - before).toBeLessThanOrEqual(Math.ceil(looks) + 2);
    await waitFor(() => Math.abs(fedC() - 21) < 0.05, "the heat pump has it", 60_000);
  }, 90_000);

  it("after a restart wait for the rooms instead of sending what the broker kept", async () => {
    const before = numbers().length;
    await stand().nodeRed.restart();
    const two = { "home/kitchen": '{"temperature": 20.5}', "home/bedroom": "41.8" };
    await stand().reportUntil(two, () => numbers().length > before, "the feed goes on");
    expect(numbers().slice(before)).toEqual([expect.stringMatching(/ 20\.7$/)]);
  }, 150_000);
}
