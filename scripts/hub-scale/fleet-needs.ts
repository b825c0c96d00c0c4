import { measured, measuredCores } from "./measured.ts";

/** What a month of something costs, in a currency of one's own. */
export type HostPrices = {
  readonly perCore: number;
  /** Of a disk of a database. */
  readonly perGb: number;
};

/** What homes need. */
export type FleetNeeds = {
  readonly homes: number;
  readonly rowsPerS: number;
  /** Rows and heartbeats, from nodes to the broker. */
  readonly messagesPerS: number;
  /** Cores that brokers, hubs and the database have to do all the time, without any reserve. */
  readonly busyCores: number;
  /** Cores with reserve. */
  readonly cores: number;
  /** Of that one core of the broker, as a share. */
  readonly brokerShare: number;
  readonly rawGb: number;
  readonly summedUpGbPerYear: number;
  readonly walGbPerDay: number;
  readonly monthlyCost: number;
};

const minutesPerDay = 1440;
const secondsPerDay = 86_400;
const bytesPerGb = 1e9;
/** A running day and the one before are summed up each hour. */
const sumsPerHomeDay = 48;
/** Homes whose rows go by the broker send them again in batches, which the hub confirms. */
const minutesPerBatch = 15;
/** Machines are full at half of their load, so that there is room for homes that come back after an outage. */
const reserve = 2;

/** What so many homes need, each with one heat pump, where rows of minutes are kept for some days and sums for a year. */
export function fleetNeeds(
  homes: number,
  { rawDays, prices }: { readonly rawDays: number; readonly prices: HostPrices },
): FleetNeeds {
  const rowsPerS = homes / 60;
  const messagesPerS = 2 * rowsPerS;
  const rowCores = (measuredCores * rowsPerS) / measured.liveRowsPerS;
  // A heartbeat is stored as a row is, and is smaller.
  const beatCores = rowCores;
  // A batch takes what a message takes: its rows are there.
  const batchCores = rowCores / minutesPerBatch;
  const sumCores = (homes * sumsPerHomeDay) / secondsPerDay / measured.daysSummedUpPerS;
  const busyCores = rowCores + beatCores + batchCores + sumCores;
  const rawGb = (homes * minutesPerDay * rawDays * measured.bytesPerRow) / bytesPerGb;
  const summedUpGbPerYear = (homes * 365 * measured.summedUpBytesPerHomeDay) / bytesPerGb;
  const cores = Math.max(measuredCores, Math.ceil(reserve * busyCores));
  return {
    ...{ homes, rowsPerS, messagesPerS, busyCores, cores, rawGb, summedUpGbPerYear },
    brokerShare: messagesPerS / measured.brokerMessagesPerS,
    walGbPerDay: (homes * minutesPerDay * measured.walBytesPerRow) / bytesPerGb,
    monthlyCost: cores * prices.perCore + (rawGb + summedUpGbPerYear) * prices.perGb,
  };
}
