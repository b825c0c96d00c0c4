const litres = 200;
const jPerLK = 4186;
const standbyWPerK = 1.7;
/** Temperature of the cellar around it. */
const aroundC = 19;
/** Temperature at which people use hot water. */
const mixedC = 40;

/** A mixed hot water tank; the sums of heat in and out are kept for its balance. */
export type Tank = { waterC: number; gainedJ: number; drawnJ: number; standbyJ: number };

/** A tank at one temperature, °C. */
export function startTank(waterC: number): Tank {
  return { waterC, gainedJ: 0, drawnJ: 0, standbyJ: 0 };
}

/**
 * Goes on by one step. `heatW`: from coil and immersion heater; `drawLMin`: water of 40 °C that people use, mixed from the tank's and
 * the mains', L/min.
 */
export function stepTank(tank: Tank, seconds: number, heatW: number, drawLMin: number, mainsC: number): void {
  const hotShare = tank.waterC <= mixedC ? 1 : (mixedC - mainsC) / (tank.waterC - mainsC);
  const drawnW = (drawLMin / 60) * hotShare * jPerLK * (tank.waterC - mainsC);
  const standbyW = standbyWPerK * (tank.waterC - aroundC);
  tank.gainedJ += heatW * seconds;
  tank.drawnJ += drawnW * seconds;
  tank.standbyJ += standbyW * seconds;
  tank.waterC += ((heatW - drawnW - standbyW) * seconds) / (litres * jPerLK);
}
