import type { Mark } from "./tenant-rows.ts";

/** Where a text of a column shall stand, of a tenant that is chosen for each who asks. */
export function textPlace(column: string): string {
  return `⟨${column}⟩`;
}

/** Whose values are put in the places: those of a tenant, or some just like them that nobody has. */
export type PlaceFiller = {
  readonly tenant: number;
  readonly isMissing: boolean;
  readonly fixed?: Readonly<Record<string, string>>;
};

/** Values by their column, one of each tenant. */
export type PlacedValues = {
  valueFor(column: string, filler: PlaceFiller): string;
  readonly columns: readonly string[];
};

/** The first value of each column that is a single tenant's; `secrets` by their name and the tenant: `secret:reset 2`. */
export function placedValues(marks: readonly Mark[], secrets: ReadonlyMap<string, string>): PlacedValues {
  const values = new Map(secrets);
  for (const { value, column, tenants } of marks) {
    const key = `${column} ${tenants}`;
    if (tenants.length === 1 && !values.has(key)) values.set(key, value);
  }
  const columns = [...new Set(marks.map(({ column }) => column))].filter((column) => keysOf(column, values) > 1);
  return {
    columns,
    valueFor(column, { tenant, isMissing }) {
      const value = values.get(`${column} ${tenant}`) ?? "00000000-0000-4000-8000-000000000000";
      return isMissing ? neighbourOf(value) : value;
    },
  };
}

function keysOf(column: string, values: ReadonlyMap<string, string>): number {
  return [...values.keys()].filter((key) => key.replace(/ \d+$/, "") === column).length;
}

/** Where a list goes on for a tenant, by the name of its route. */
export function cursorPlace(route: string): string {
  return `cursor:${route}`;
}

/** A value just beside another one, so that lists are cut at the same place. */
function neighbourOf(value: string): string {
  if (/^\d+$/.test(value)) return value.replace(/.$/, (last) => String((Number(last) + 1) % 10));
  if (value.includes("@")) return value.replace(/^./, "x").replace(/@.*/, "@nowhere.example");
  return value.replace(/.$/, (last) => (last === "f" ? "e" : "f"));
}

/** A text that was put in a place. */
export type PutValue = { readonly column: string; readonly text: string };

/** Puts values in the places of a text or of all texts in a value; answers what was put too. */
export function filled<T>(
  template: T,
  values: PlacedValues,
  filler: PlaceFiller,
): { readonly value: T; readonly put: readonly PutValue[] } {
  const put: PutValue[] = [];
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value.replaceAll(/⟨([^⟩]+)⟩/g, (_, column: string) => {
        const fixed = filler.fixed?.[column];
        if (fixed !== undefined) return fixed;
        const text = values.valueFor(column, filler);
        put.push({ column, text });
        return text;
      });
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]));
  };
  return { value: fill(template) as T, put };
}
