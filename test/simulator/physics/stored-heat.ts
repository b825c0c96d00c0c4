import type { Circuit } from "@heatloop/simulator/physics/circuit";
import type { SimulatedHouse } from "@heatloop/simulator/physics/house";
import type { Tank } from "@heatloop/simulator/physics/tank";

/** Heat capacities, J/K, as the simulated home shall have them. */
const capacityJPerK = {
  houseAir: 4e6,
  houseFabric: 30e6,
  flowSide: 48_000,
  returnSide: 40_000,
  emitters: 1.6e6,
  tank: 200 * 4186,
};

/** Heat stored in the house above 0 °C, J. */
export function houseJ({ rooms, airC, fabricC }: SimulatedHouse): number {
  const { houseAir, houseFabric } = capacityJPerK;
  const stored = rooms.map(
    ({ share }, i) => share * (houseAir * (airC[i] as number) + houseFabric * (fabricC[i] as number)),
  );
  return stored.reduce((sum, joules) => sum + joules, 0);
}

/** Heat stored in the heating water and the emitters above 0 °C, J. */
export function circuitJ({ flowC, returnC, zoneSize, emitterC }: Circuit): number {
  const emitterKelvins = zoneSize.reduce((sum, size, zone) => sum + size * (emitterC[zone] as number), 0);
  const { flowSide, returnSide, emitters } = capacityJPerK;
  return flowSide * flowC + returnSide * returnC + emitters * emitterKelvins;
}

/** Heat stored in the hot water tank above 0 °C, J. */
export function tankJ({ waterC }: Tank): number {
  return capacityJPerK.tank * waterC;
}
