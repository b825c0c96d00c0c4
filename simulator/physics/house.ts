import type { SimulatedRoom } from "./rooms.ts";

/** A detached house of 150 W/K: air with furniture, and walls, floors and ceilings. Whole house; a room has its share. */
const airLossWPerK = 90;
const fabricLossWPerK = 60;
const airJPerK = 4e6;
const fabricJPerK = 30e6;
const airToFabricWPerK = 650;
const betweenRoomsWPerK = 45;

/** Heat in a house, by room; the sums of heat in and out are kept for its balance. */
export type SimulatedHouse = {
  readonly rooms: readonly SimulatedRoom[];
  readonly airC: Float64Array;
  readonly fabricC: Float64Array;
  gainedJ: number;
  lostJ: number;
};

/** A house at one room temperature, °C. */
export function startHouse(rooms: readonly SimulatedRoom[], roomC: number): SimulatedHouse {
  return {
    rooms,
    airC: new Float64Array(rooms.length).fill(roomC),
    fabricC: new Float64Array(rooms.length).fill(roomC - 0.5),
    gainedJ: 0,
    lostJ: 0,
  };
}

/** Goes on by one step. `emittedW`: what each room gets from the heating (negative in cooling); `gainsW`: sun and people, whole house. */
export function stepHouse(
  house: SimulatedHouse,
  seconds: number,
  outdoorC: number,
  gainsW: number,
  emittedW: Float64Array,
): void {
  const { rooms, airC, fabricC } = house;
  const meanC = meanAirC(house);
  for (let i = 0; i < rooms.length; i++) {
    const room = rooms[i] as SimulatedRoom;
    const air = airC[i] as number;
    const fabric = fabricC[i] as number;
    const lossShare = room.share * room.lossFactor;
    const airLossW = airLossWPerK * lossShare * (air - outdoorC);
    const fabricLossW = fabricLossWPerK * lossShare * (fabric - outdoorC);
    const gainW = gainsW * room.share * room.gainFactor + (emittedW[i] as number);
    const toFabricW = airToFabricWPerK * room.share * (air - fabric);
    const toOthersW = betweenRoomsWPerK * room.share * (air - meanC);
    airC[i] = air + ((gainW - airLossW - toFabricW - toOthersW) * seconds) / (airJPerK * room.share);
    fabricC[i] = fabric + ((toFabricW - fabricLossW) * seconds) / (fabricJPerK * room.share);
    house.gainedJ += gainW * seconds;
    house.lostJ += (airLossW + fabricLossW) * seconds;
  }
}

/** Mean temperature of the air, weighted by the rooms' shares. */
function meanAirC(house: SimulatedHouse): number {
  let sum = 0;
  for (let i = 0; i < house.rooms.length; i++)
    sum += (house.airC[i] as number) * (house.rooms[i] as SimulatedRoom).share;
  return sum;
}
