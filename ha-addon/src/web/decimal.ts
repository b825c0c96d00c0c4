import { z } from "zod";
import { decimals } from "../base/spreadsheet-csv.ts";

/** `decimal` of a query that CSV may answer. */
export const decimalQuery = {
  decimal: z.enum(decimals).default("point").describe('Of CSV: comma writes "3,95", with ; between cells'),
};
