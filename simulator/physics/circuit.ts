import type { SimulatedHouse } from "./house.ts";
import type { SimulatedRoom } from "./rooms.ts";
import { streamWPerK } from "./water.ts";

/** Water and metal of the plate heat exchanger with its pipes, and of the return pipe. */
const flowSideJPerK = 48_000;
const returnSideJPerK = 40_000;
const pipeLossWPerK = 1.5;
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
  /** What each room gets, W. */
  readonly emittedW: Float64Array;
  gainedJ: number;
  pipeLossJ: number;
  emittedJ: number;
  tankJ: number;
};

/** How the water runs in one step. */
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

export function stepCircuit(circuit: Circuit, seconds: number, water: Hydraulics, house: SimulatedHouse): void {
  const { flowC, returnC } = circuit;
  const carriedWPerK = streamWPerK(water.flowLMin, (flowC + returnC) / 2);
  circuit.heatW = carriedWPerK * (flowC - returnC);
  circuit.tankW = 0;
  emitToRooms(circuit, seconds, water.valve, house);
  let backC = returnC;
  if (carriedWPerK > 0 && water.toTank) {
    backC = water.tankC + (flowC - water.tankC) * Math.exp(-waterToTankWPerK / carriedWPerK);
    circuit.tankW = carriedWPerK * (flowC - backC);
  } else if (carriedWPerK > 0) {
    backC = flowThroughEmitters(circuit, seconds, water.zoneOpen, carriedWPerK);
  }
  const flowLossW = pipeLossWPerK * (flowC - pipesAroundC);
  const returnLossW = pipeLossWPerK * (returnC - pipesAroundC);
  circuit.flowC += ((water.sourceW - circuit.heatW - flowLossW) * seconds) / flowSideJPerK;
  circuit.returnC += ((carriedWPerK * (backC - returnC) - returnLossW) * seconds) / returnSideJPerK;
  circuit.gainedJ += water.sourceW * seconds;
  circuit.pipeLossJ += (flowLossW + returnLossW) * seconds;
  circuit.tankJ += circuit.tankW * seconds;
}

/** The temperature of the water that comes back, mixed from the open zones; through a bypass where all are closed. */
function flowThroughEmitters(circuit: Circuit, seconds: number, open: Uint8Array, carriedWPerK: number): number {
  const { emitterC, zoneSize, flowC } = circuit;
  const openSize = (zoneSize[0] as number) * (open[0] as number) + (zoneSize[1] as number) * (open[1] as number);
  if (openSize === 0) return flowC;
  let backC = 0;
  for (let zone = 0; zone < 2; zone++) {
    const size = zoneSize[zone] as number;
    if (open[zone] === 0 || size === 0) continue;
    const share = size / openSize;
    const emitter = emitterC[zone] as number;
    const outC = emitter + (flowC - emitter) * Math.exp(-(waterToEmitterWPerK * size) / (carriedWPerK * share));
    emitterC[zone] = emitter + (carriedWPerK * share * (flowC - outC) * seconds) / (emitterJPerK * size);
    backC += outC * share;
  }
  return backC;
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

/** Heat stored in the water and the emitters above 0 °C, J. */
export function circuitJ(circuit: Circuit): number {
  const { zoneSize, emitterC } = circuit;
  const emitters =
    (zoneSize[0] as number) * (emitterC[0] as number) + (zoneSize[1] as number) * (emitterC[1] as number);
  return flowSideJPerK * circuit.flowC + returnSideJPerK * circuit.returnC + emitterJPerK * emitters;
}
