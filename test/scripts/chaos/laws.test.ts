import { describe, expect, it } from "vitest";
import { rowsOfText } from "#scripts/chaos/archive-rows.ts";
import {
  forbiddenCommands,
  loggedWh,
  plantedStart,
  type RoomReport,
  rowFaults,
  type SeenCommand,
  wrongTemperatures,
} from "#scripts/chaos/laws.ts";

const start = Date.parse("2026-10-25T01:00:00Z");
const minute = (count: number) => start + count * 60_000;
const header = "time,electricity_wh,heat_wh";
const row = (count: number) => `${new Date(minute(count)).toISOString()},10,30`;
const archive = (...lines: string[]) => rowsOfText(`${[header, ...lines].join("\n")}\n`);

describe("the rows of a run", () => {
  const span = { from: minute(0) - 5_000, to: minute(3) };

  it("are right where each whole minute has one", () => {
    const found = rowFaults(archive(row(0), row(1), row(2)), [span]);
    expect(found).toEqual({ lost: [], doubled: [], torn: [] });
  });

  it("are lost where a whole minute has none", () => {
    expect(rowFaults(archive(row(0), row(2)), [span]).lost).toEqual([minute(1)]);
  });

  it("may be missing in minutes that the program did not run through", () => {
    const spans = [
      { from: minute(0), to: minute(1) + 40_000 },
      { from: minute(2) + 10_000, to: minute(4) },
    ];
    expect(rowFaults(archive(row(0), row(3)), spans).lost).toEqual([]);
  });

  it("are doubled where a time has two, also where nobody says that the program ran", () => {
    expect(rowFaults(archive(row(0), row(1), row(1), row(2)), []).doubled).toEqual([minute(1)]);
  });

  it.each([
    ["has fewer cells", row(1).slice(0, -3)],
    ["has more cells", `${row(1)},1`],
    ["has no time", ",10,30"],
    ["holds NULs", `${row(1)}\0\0`],
  ])("are torn where one %s", (_, line) => {
    expect(rowFaults(archive(row(0), line, row(2)), []).torn).toEqual([line]);
  });

  it("are torn where the last one has no end", () => {
    const torn = rowsOfText(`${header}\n${row(0)}\n${row(1)}`);
    expect(rowFaults(torn, []).torn).toEqual([row(1)]);
  });

  it("leave out what the run itself has put there", () => {
    expect(rowFaults(archive(row(0), `${plantedStart}0.9,1`), []).torn).toEqual([]);
  });

  it("have the electricity that is counted", () => {
    expect(loggedWh(archive(row(0), `${new Date(minute(1)).toISOString()},,`, row(2)))).toBe(20);
  });
});

describe("the temperatures of a run", () => {
  const topic = "ecodan-heatpump/number/room_temperature_feedback_z1/command";
  const command = (payload: string, at = minute(10)): SeenCommand => ({
    ...{ at, topic, payload, retained: false, isTimely: true },
  });
  const reports: RoomReport[] = [
    { at: minute(2), temperatureC: 20 },
    { at: minute(9), temperatureC: 22 },
  ];

  it.each(["20", "21.3", "22.0"])("are right within what the rooms had: %s °C", (payload) => {
    expect(wrongTemperatures([command(payload)], reports)).toEqual([]);
  });

  it.each(["19.8", "22.2", "40", "", "nan", "-273"])("are wrong beyond it: '%s' °C", (payload) => {
    expect(wrongTemperatures([command(payload)], reports)).toHaveLength(1);
  });

  it("are wrong where no room has reported for long, and where none has yet", () => {
    expect(wrongTemperatures([command("21", minute(200))], reports)).toHaveLength(1);
    expect(wrongTemperatures([command("21", minute(0))], reports)).toHaveLength(1);
  });

  it("must not be retained", () => {
    expect(forbiddenCommands([{ ...command("21"), retained: true }])).toHaveLength(1);
  });

  it("must not be sent again at once, but later", () => {
    expect(forbiddenCommands([command("21"), command("21", minute(10) + 500)])).toHaveLength(1);
    expect(forbiddenCommands([command("21"), command("21", minute(10) + 10_000)])).toEqual([]);
  });

  it("may come close together where the network held them up", () => {
    const late = { ...command("21", minute(10) + 500), isTimely: false };
    expect(forbiddenCommands([command("21"), late])).toEqual([]);
  });

  it("come without a press of any button", () => {
    expect(forbiddenCommands([{ ...command("PRESS"), topic: "ecodan-heatpump/button/restart/command" }])).toHaveLength(
      1,
    );
  });
});
