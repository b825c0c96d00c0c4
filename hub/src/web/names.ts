import { z } from "zod";

const nameRule = { error: "a name of 1 to 100 characters, on one line" };

/** What people call something, or themselves. */
export const nameSchema = z
  .string(nameRule)
  .trim()
  .min(1, nameRule)
  .max(100, nameRule)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), nameRule);
