/**
 * Liquid water by IAPWS-IF97, region 1: "Revised Release on the IAPWS Industrial Formulation 1997 for the Thermodynamic
 * Properties of Water and Steam", table 2 (I, J, n) of its equation 7.
 */
const terms: readonly (readonly [i: number, j: number, n: number])[] = [
  [0, -2, 0.14632971213167],
  [0, -1, -0.84548187169114],
  [0, 0, -3.756360367204],
  [0, 1, 3.3855169168385],
  [0, 2, -0.95791963387872],
  [0, 3, 0.15772038513228],
  [0, 4, -0.016616417199501],
  [0, 5, 0.00081214629983568],
  [1, -9, 0.00028319080123804],
  [1, -7, -0.00060706301565874],
  [1, -1, -0.018990068218419],
  [1, 0, -0.032529748770505],
  [1, 1, -0.021841717175414],
  [1, 3, -5.283835796993e-5],
  [2, -3, -0.00047184321073267],
  [2, 0, -0.00030001780793026],
  [2, 1, 4.7661393906987e-5],
  [2, 3, -4.4141845330846e-6],
  [2, 17, -7.2694996297594e-16],
  [3, -4, -3.1679644845054e-5],
  [3, 0, -2.8270797985312e-6],
  [3, 6, -8.5205128120103e-10],
  [4, -5, -2.2425281908e-6],
  [4, -2, -6.5171222895601e-7],
  [4, 10, -1.4341729937924e-13],
  [5, -8, -4.0516996860117e-7],
  [8, -11, -1.2734301741641e-9],
  [8, -6, -1.7424871230634e-10],
  [21, -29, -6.8762131295531e-19],
  [23, -31, 1.4478307828521e-20],
  [29, -38, 2.6335781662795e-23],
  [30, -39, -1.1947622640071e-23],
  [31, -40, 1.8228094581404e-24],
  [32, -41, -9.3537087292458e-26],
];

/** kJ/(kg K). */
const gasConstant = 0.461526;

/** Specific volume (m3/kg), enthalpy (kJ/kg) and heat capacity (kJ/(kg K)) at a temperature (K) and pressure (MPa). */
export function liquidWater(kelvin: number, megapascal: number) {
  const pi = megapascal / 16.53;
  const tau = 1386 / kelvin;
  const [a, b] = [7.1 - pi, tau - 1.222];
  let [byPressure, byTemperature, twice] = [0, 0, 0];
  for (const [i, j, n] of terms) {
    byPressure -= n * i * a ** (i - 1) * b ** j;
    byTemperature += n * a ** i * j * b ** (j - 1);
    twice += n * a ** i * j * (j - 1) * b ** (j - 2);
  }
  return {
    volume: (pi * byPressure * gasConstant * kelvin) / megapascal / 1000,
    enthalpy: tau * byTemperature * gasConstant * kelvin,
    heatCapacity: -(tau ** 2) * twice * gasConstant,
  };
}

/** Water at 1.6 MPa by °C: rows repeat the same temperatures. */
const known = new Map<number, ReturnType<typeof liquidWater>>();

function waterAt(celsius: number): ReturnType<typeof liquidWater> {
  const water = liquidWater(celsius + 273.15, 1.6);
  known.set(celsius, water);
  return water;
}

/** The heat coefficient as EN 1434-1 defines it: at 1.6 MPa, kWh/(m3 K), from °C. */
export function coefficientByEnthalpy(flowC: number, returnC: number, sensor: "return" | "flow"): number {
  const at = (celsius: number) => known.get(celsius) ?? waterAt(celsius);
  const { volume } = at(sensor === "flow" ? flowC : returnC);
  const slope =
    flowC === returnC ? at(flowC).heatCapacity : (at(flowC).enthalpy - at(returnC).enthalpy) / (flowC - returnC);
  return slope / volume / 3600;
}
