import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { defaultValue, type SimulatedValue } from "./default-signals.ts";
import { rhythmOf } from "./entities.ts";

export type Setting = SimulatedValue;

/** What the controller and the firmware remember over a restart: set-points, numbers, selects, switches. */
export type SimulatedSettings = {
  number(id: PointId): number;
  on(id: PointId): boolean;
  choice(id: PointId): string;
  value(id: PointId): Setting | undefined;
  set(id: PointId, value: Setting): void;
};

/** The firmware's initial values, except for those that a household with Heatloop has set. */
function initialSettings(): [PointId, Setting][] {
  return pointIds.filter(isSetting).map((id) => [id, defaultValue(id)]);
}

function isSetting(id: PointId): boolean {
  return rhythmOf(id) === "setting" || pointOf(id).part === "target_temperature";
}

/** `changes` replace initial values; values are language-free (`home_assistant`, not its text). */
export function startSettings(changes: Partial<Record<PointId, Setting>>): SimulatedSettings {
  const values = new Map<PointId, Setting>([
    ...initialSettings(),
    ...(Object.entries(changes) as [PointId, Setting][]),
  ]);

  function stored<T extends Setting>(id: PointId, isKind: (value: Setting | undefined) => value is T): T {
    const value = values.get(id);
    if (isKind(value)) return value;
    throw new Error(`${pointOf(id).name} is not a setting of that kind.`);
  }

  return {
    number: (id) => stored(id, isNumber),
    on: (id) => stored(id, isBoolean),
    choice: (id) => stored(id, isText),
    value: (id) => values.get(id),
    set(id, value) {
      values.set(id, value);
    },
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
