export const tenantNames = ["north", "south", "west"] as const;
export type TenantName = (typeof tenantNames)[number];

/** A word that stands in every text of a tenant, and in none of another's. */
export function wordOf(name: TenantName): string {
  return `zq${name}qz`;
}

/** The reading of each tenant's electricity meter, kWh: as good as a word where there are numbers alone. */
export const numberMarks: Readonly<Record<TenantName, number>> = { north: 7341.507, south: 9182.364, west: 5527.891 };
