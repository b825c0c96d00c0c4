import { prefixProblem } from "@heatloop/core/catalogue/prefix";
import { z } from "zod";

const rule = "the MQTT topic prefix of a heat pump such as ecodan-heatpump";

/** The heat pump that something in the settings belongs to, by its MQTT prefix. */
export const namedDevice = z
  .string({ error: rule })
  .refine((prefix) => prefixProblem(prefix) === undefined, { error: rule });
