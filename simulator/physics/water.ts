/**
 * Liquid water at 1.6 MPa each 5 °C from 0 to 100: density (kg/m3) and heat capacity (kJ/(kg K)), from IAPWS-IF97. The
 * truth of the simulation has its own table, so that it can judge what the program makes of its signals.
 */
const table: readonly (readonly [densityKgM3: number, heatCapacity: number])[] = [
  [1000.606, 4.21197],
  [1000.703, 4.19855],
  [1000.416, 4.1898],
  [999.799, 4.18402],
  [998.891, 4.18015],
  [997.722, 4.17759],
  [996.317, 4.17598],
  [994.698, 4.17511],
  [992.879, 4.17487],
  [990.875, 4.17522],
  [988.698, 4.1761],
  [986.358, 4.17751],
  [983.863, 4.17944],
  [981.221, 4.18188],
  [978.438, 4.18482],
  [975.52, 4.18828],
  [972.472, 4.19224],
  [969.298, 4.19671],
  [966.002, 4.20169],
  [962.587, 4.20718],
  [959.055, 4.2132],
];

const stepC = 5;

/** What a stream of water carries for each K, W/K; flow in L/min as it is at the mean temperature, °C. */
export function streamWPerK(flowLMin: number, meanC: number): number {
  const place = Math.max(0, Math.min(table.length - 1.001, meanC / stepC));
  const below = Math.floor(place);
  const [density, heatCapacity] = table[below] as readonly [number, number];
  const [densityAbove, heatCapacityAbove] = table[below + 1] as readonly [number, number];
  const part = place - below;
  const kgM3 = density + (densityAbove - density) * part;
  const kJPerKgK = heatCapacity + (heatCapacityAbove - heatCapacity) * part;
  // L/min are 1/1000 m3, kJ are 1000 J.
  return (flowLMin / 60) * kgM3 * kJPerKgK;
}

/** Heat between two temperatures, W, with the sign of their difference. */
export function streamW(flowLMin: number, flowC: number, returnC: number): number {
  return streamWPerK(flowLMin, (flowC + returnC) / 2) * (flowC - returnC);
}
