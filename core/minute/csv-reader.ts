import { ownTexts } from "../catalogue/own-texts.ts";
import { columnOf, type PointId, pointOf } from "../catalogue/points.ts";
import { quantities } from "../catalogue/quantities.ts";
import type { Value } from "../catalogue/reading.ts";
import { contextPoints, type Transition, type TransitionKind, transitionKinds } from "../live/transition.ts";
import { calculable, cellPicker, numberOfCell, splitRow, timeOfCell } from "./csv-cells.ts";
import { type Figure, figures } from "./figures.ts";
import { loggedPoints, type Minute } from "./minute.ts";
import { type CellLimits, isWithin, plausibleFigures, pointLimits, usualCellLimits } from "./plausible-row.ts";

type OwnText = (piece: string) => string;

/** Whether the cells of a point are texts; else they are numbers. */
export function isTextPoint(id: PointId): boolean {
  const { log, quantity } = pointOf(id);
  return log !== "on" && quantities[quantity].kind !== "number";
}

/** The text of a cell as it was before it was written; null where it is empty. */
function textOfCell(text: string | undefined, own: OwnText): string | null {
  if (text === undefined || text === "") return null;
  return own(text.startsWith("'") && calculable.test(text) ? text.slice(1) : text);
}

/** Reads lines under a header; undefined for a line that is not a row of it (torn, foreign, no time). */
export type RowReader<T> = (line: string) => T | undefined;

/**
 * A reader of minutes; columns may come in any order, missing ones are unknown, foreign ones are ignored, and so is
 * what no minute can hold. Of the points only those of `wanted` are read.
 */
export function minuteReader(header: string, wanted: readonly PointId[] = loggedPoints): RowReader<Minute> {
  const columns = splitRow(header);
  const pick = cellPicker(
    columns.length,
    ["time", ...figures, ...wanted.map(columnOf)].map((name) => columns.indexOf(name)),
  );
  const own = ownTexts();
  const pointAt = 1 + figures.length;
  const blankFigures = blankRow(figures);
  const blankPoints = blankRow(wanted);
  const figureLimits = figures.map(usualCellLimits);
  const readers = wanted.map((id) => pointReader(id, own));
  return (line) => {
    const cells = pick(line);
    const at = timeOfCell(cells?.[0]);
    if (cells === undefined || at === undefined) return undefined;
    let isUsual = true;
    const figureValues: Record<Figure, number | null> = { ...blankFigures };
    figures.forEach((figure, i) => {
      const value = numberOfCell(cells[i + 1]);
      figureValues[figure] = value;
      isUsual &&= isWithin(value, figureLimits[i] as CellLimits);
    });
    const points: Partial<Record<PointId, Value>> = { ...blankPoints };
    wanted.forEach((id, i) => {
      points[id] = (readers[i] as (typeof readers)[number])(cells[pointAt + i]);
    });
    return { at, figures: isUsual ? figureValues : plausibleFigures(figureValues), points };
  };
}

/** Nothing known: an object that is copied faster, and takes a third of the memory, than one to which name after name is added. */
export function blankRow<Name extends string>(names: readonly Name[]): Record<Name, null> {
  return JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join()}}`) as Record<Name, null>;
}

/** A reader of the start of a line's minute; undefined for a line that `minuteReader` does not read. */
export function minuteTimeReader(header: string): RowReader<number> {
  const columns = splitRow(header);
  const pick = cellPicker(columns.length, [columns.indexOf("time")]);
  return (line) => timeOfCell(pick(line)?.[0]);
}

/** A reader of transitions. */
export function transitionReader(header: string): RowReader<Transition> {
  const columns = splitRow(header);
  const index = (name: string) => columns.indexOf(name);
  const own = ownTexts();
  const context = contextPoints.map((id) => ({ id, cell: index(columnOf(id)), read: pointReader(id, own) }));
  return (line) => {
    const cells = splitRow(line);
    if (cells.length !== columns.length) return undefined;
    const at = timeOfCell(cells[index("time")]);
    const kind = transitionKinds.find((name) => name === cells[index("what")]);
    if (at === undefined || kind === undefined) return undefined;
    const zone = ([1, 2] as const).find((each) => String(each) === cells[index("zone")]);
    return {
      at,
      kind: kind satisfies TransitionKind,
      from: textOfCell(cells[index("from")], own),
      to: textOfCell(cells[index("to")], own),
      durationS: numberOfCell(cells[index("duration_s")]),
      ...(zone === undefined ? {} : { zone }),
      context: Object.fromEntries(
        context.map(({ id, cell, read }) => [id, read(cells[cell])]),
      ) as Transition["context"],
    };
  };
}

/** Reads the cells of a point; a number that no minute can hold is unknown. */
export function pointReader(id: PointId, own: OwnText = ownTexts()): (text: string | undefined) => Value {
  if (isTextPoint(id)) return (text) => textOfCell(text, own);
  const limits = pointLimits(id);
  return (text) => {
    const value = numberOfCell(text);
    return isWithin(value, limits) ? value : null;
  };
}
