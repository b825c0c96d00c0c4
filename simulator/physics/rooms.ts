/** A room of the house; the shares of all rooms are 1 together. */
export type SimulatedRoom = {
  /** As in entity ids: `living_room`. */
  readonly id: string;
  readonly name: string;
  readonly zone: 1 | 2;
  readonly share: number;
  /** How much more than its share it loses, or gets from sun and people. */
  readonly lossFactor: number;
  readonly gainFactor: number;
};

export const roomNames = [
  "Living room",
  "Bedroom",
  "Kitchen",
  "Bathroom",
  "Office",
  "Kids room",
  "Guest room",
  "Hallway",
] as const;

const areas = [34, 18, 16, 9, 14, 15, 13, 10];
const lossFactors = [1, 1.06, 0.95, 1.03, 1.01, 1.08, 1.05, 0.9];
const gainFactors = [1.1, 0.75, 1.25, 0.9, 1, 0.8, 0.7, 0.6];

/** The rooms of a house with one or two heating zones: upstairs is zone 2. At least one room a zone. */
export function roomsOf(names: readonly string[], zones: 1 | 2): readonly SimulatedRoom[] {
  if (names.length < zones) throw new Error(`A house with ${zones} zones needs at least ${zones} rooms.`);
  const size = (index: number) => areas[index % areas.length] ?? 1;
  const area = names.reduce((sum, _, index) => sum + size(index), 0);
  return names.map((name, index) => ({
    id: name.toLowerCase().replace(/[^a-z0-9]+/g, "_"),
    name,
    zone: zones === 2 && index >= Math.ceil(names.length / 2) ? 2 : 1,
    share: size(index) / area,
    lossFactor: lossFactors[index % lossFactors.length] ?? 1,
    gainFactor: gainFactors[index % gainFactors.length] ?? 1,
  }));
}
