import { pointIds } from "@heatloop/core/catalogue/points";
import type { Feed } from "./emoncms.ts";
import { flags } from "./emoncms-mode.ts";
import { isTarget, isUseful, meterTargets, type Target } from "./sample.ts";
import { unitsOf } from "./source-value.ts";

/** An entity that the owner names, and what it is. */
export type NamedEntity = { readonly entity: string; readonly target: Target };

type Problem = { readonly problem: string };

/** `sensor.x=flow_temperature`; or what is wrong with it, to be read after `--map`. */
export function readMap(text: string): NamedEntity | Problem {
  const [entity = "", target = "", ...more] = text.split("=");
  if (!/^[a-z0-9_]+[.:][a-z0-9_]+$/.test(entity) || more.length > 0) {
    return { problem: `takes an entity and a point, sensor.x=flow_temperature, not "${text}"` };
  }
  return isTarget(target) ? { entity, target } : { problem: `${text}: ${unknownTarget(target)}` };
}

/** `flow_rate:m3/h=feed.csv#2`; or what is wrong with it, to be read after `--feed`. */
export function readFeed(text: string): Feed | Problem {
  const match = /^([^=:]+)(?::([^=]+))?=([^#]+)(?:#(.+))?$/.exec(text);
  if (match === null) return { problem: `takes a point and a file, flow_temperature=flowT.csv, not "${text}"` };
  const [, name = "", unit, path = "", column] = match;
  const target = flags.find((flag) => flag === name) ?? (isTarget(name) ? name : undefined);
  if (target === undefined) return { problem: `${text}: ${unknownTarget(name)}, or one of ${flags.join(", ")}` };
  const isFlag = flags.some((flag) => flag === target);
  const allowed = isFlag ? [] : unitsOf(target as Target);
  if (unit !== undefined && !allowed.includes(unit)) {
    const what = allowed.length === 0 ? "it has no unit" : `one of ${allowed.join(", ")} is allowed`;
    return { problem: `${text}: "${unit}" is not a unit of ${target}; ${what}` };
  }
  if (unit === undefined && meterTargets.some((each) => each === target)) {
    return {
      problem: `${text}: the unit is missing, ${target}:${allowed[0]}=...; one of ${allowed.join(", ")}`,
    };
  }
  return { target, unit, path, column };
}

function unknownTarget(name: string): string {
  const word = name.split("_")[0] ?? "";
  const near = pointIds.filter((id) => isUseful(id) && word.length > 2 && id.includes(word)).sort();
  const such = near.length === 0 ? ["flow_temperature", "return_temperature", "flow_rate"] : near;
  return `"${name}" is not a point of the minute log; such as ${such.slice(0, 8).join(", ")}, ${meterTargets.join(", ")}`;
}
