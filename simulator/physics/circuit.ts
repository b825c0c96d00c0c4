import type { SimulatedHouse } from "./house.ts";
import type { SimulatedRoom } from "./rooms.ts";
import { streamWPerK } from "./water.ts";

/** Water and metal of the plate heat exchanger with its pipes, and of the return pipe; chosen for an 8.5 kW unit. */
const flowSideJPerK = 48_000;
const returnSideJPerK = 40_000;
const pipeLossWPerK = 1.5;
/** Temperature of the cellar that the pipes run through. */
const pipesAroundC = 18;
/** Underfloor pipes and radiators of the whole house. */
const emitterJPerK = 1.6e6;
const emitterToRoomWPerK = 335;
const waterToEmitterWPerK = 2600;
const waterToTankWPerK = 1350;

/** The heating water, with temperatures where the controller's sensors sit. Sums of heat are kept for its balance. */
export type Circuit = {
  flowC: number;
  returnC: number;
  readonly emitterC: Float64Array;
  /** Share of the house that each zone heats. */
  readonly zoneSize: Float64Array;
  /** Heat that the water carries away from the heat pump, W, with the sign of the temperature difference. */
  heatW: number;
  tankW: number;
  /** Heat into each room, W. */
  readonly emittedW: Float64Array;
  gainedJ: number;
  pipeLossJ: number;
  emittedJ: number;
  tankJ: number;
};

/** Where the water flows in one step. */
export type Hydraulics = {
  flowLMin: number;
  /** Heat put into the water by heat pump and booster heater, W; negative in defrost and cooling. */
  sourceW: number;
  toTank: boolean;
  tankC: number;
  /** Whether each zone's valve is open. */
  readonly zoneOpen: Uint8Array;
  /** How far each room's valve is open, 0 to 1. */
  readonly valve: Float64Array;
};

/** Water and emitters at one temperature, °C, without flow. */
export function startCircuit(waterC: number, rooms: readonly SimulatedRoom[]): Circuit {
  const zoneSize = new Float64Array(2);
  for (const room of rooms) zoneSize[room.zone - 1] = (zoneSize[room.zone - 1] ?? 0) + room.share;
  return {
    flowC: waterC,
    returnC: waterC,
    emitterC: new Float64Array(2).fill(waterC),
    zoneSize,
    heatW: 0,
    tankW: 0,
    emittedW: new Float64Array(rooms.length),
    gainedJ: 0,
    pipeLossJ: 0,
    emittedJ: 0,
    tankJ: 0,
  };
}

/** Goes on by one step: heat from the source into the water, the emitters, the rooms or the tank. */
export function stepCircuit(circuit: Circuit, seconds: number, water: Hydraulics, house: SimulatedHouse): void {
  const { flowC, returnC } = circuit;
  const carriedWPerK = streamWPerK(water.flowLMin, (flowC + returnC) / 2);
  circuit.heatW = carriedWPerK * (flowC - returnC);
  circuit.tankW = 0;
  emitToRooms(circuit, seconds, water.valve, house);
  let returningC = returnC;
  if (carriedWPerK > 0 && water.toTank) {
    returningC = water.tankC + (flowC - water.tankC) * Math.exp(-waterToTankWPerK / carriedWPerK);
    circuit.tankW = carriedWPerK * (flowC - returningC);
  } else if (carriedWPerK > 0) {
    returningC = flowThroughEmitters(circuit, seconds, water.zoneOpen, carriedWPerK);
  }
  const flowLossW = pipeLossWPerK * (flowC - pipesAroundC);
  const returnLossW = pipeLossWPerK * (returnC - pipesAroundC);
  circuit.flowC += ((water.sourceW - circuit.heatW - flowLossW) * seconds) / flowSideJPerK;
  circuit.returnC += ((carriedWPerK * (returningC - returnC) - returnLossW) * seconds) / returnSideJPerK;
  circuit.gainedJ += water.sourceW * seconds;
  circuit.pipeLossJ += (flowLossW + returnLossW) * seconds;
  circuit.tankJ += circuit.tankW * seconds;
}

/** Temperature of the returning water, mixed from the open zones; through a bypass where all are closed. */
function flowThroughEmitters(circuit: Circuit, seconds: number, open: Uint8Array, carriedWPerK: number): number {
  const { emitterC, zoneSize, flowC } = circuit;
  const openSize = (zoneSize[0] as number) * (open[0] as number) + (zoneSize[1] as number) * (open[1] as number);
  if (openSize === 0) return flowC;
  let returningC = 0;
  for (let zone = 0; zone < 2; zone++) {
    const size = zoneSize[zone] as number;
    if (open[zone] === 0 || size === 0) continue;
    const share = size / openSize;
    const emitter = emitterC[zone] as number;
    const outC = emitter + (flowC - emitter) * Math.exp(-(waterToEmitterWPerK * size) / (carriedWPerK * share));
    emitterC[zone] = emitter + (carriedWPerK * share * (flowC - outC) * seconds) / (emitterJPerK * size);
    returningC += outC * share;
  }
  return returningC;
}

function emitToRooms(circuit: Circuit, seconds: number, valve: Float64Array, house: SimulatedHouse): void {
  const { rooms, airC } = house;
  for (let i = 0; i < rooms.length; i++) {
    const { zone, share } = rooms[i] as SimulatedRoom;
    const emitter = circuit.emitterC[zone - 1] as number;
    const watts = emitterToRoomWPerK * share * (valve[i] as number) * (emitter - (airC[i] as number));
    circuit.emittedW[i] = watts;
    circuit.emittedJ += watts * seconds;
    circuit.emitterC[zone - 1] = emitter - (watts * seconds) / (emitterJPerK * (circuit.zoneSize[zone - 1] as number));
  }
}
