import { z } from "zod";

export const sessionSchema = z.object({
  mode: z.enum(["ingress", "standalone"]).describe("ingress: Home Assistant says who may; standalone: a password"),
  user: z.string().nullable().describe("the user of Home Assistant, or the API token; null: unknown"),
  may_change: z.boolean().describe("whether changes are taken from this user now"),
  password_set: z.boolean(),
  signed_in: z.boolean(),
});
