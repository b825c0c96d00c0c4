import { z } from "zod";
import { roles } from "../web/caller.ts";

const passwordLength = { least: 12, most: 200 } as const;
const passwordRule = `a text of ${passwordLength.least} to ${passwordLength.most} characters`;

/** A password that is to be set. */
export const newPasswordSchema = z
  .string({ error: passwordRule })
  .min(passwordLength.least, { error: passwordRule })
  .max(passwordLength.most, { error: passwordRule });

/** A password that somebody shows. */
export const shownPasswordSchema = z
  .string({ error: "a text" })
  .min(1, { error: "a text" })
  .max(1_000, { error: "a text" });

const emailRule = "an e-mail address, such as name@example.org";

/** An e-mail address as it is kept: people write it in any case. */
export const emailSchema = z
  .string({ error: emailRule })
  .trim()
  .toLowerCase()
  .max(254, { error: emailRule })
  .pipe(z.email({ error: emailRule }));

/** A secret of a link or a token as somebody shows it. */
export const shownSecretSchema = z.string({ error: "the secret of the link" }).regex(/^[\w-]{43}$/, {
  error: "the secret of the link: the 43 characters behind its =",
});

export const codeRule = "the six digits that the authenticator app shows at this moment, or a recovery code";
export const codeSchema = z.string({ error: codeRule }).trim().min(6, { error: codeRule }).max(40, { error: codeRule });

export const roleSchema = z.enum(roles);

/** Bodies with passwords and names, not books: more is not even read. */
export const smallBodyBytes = 8 * 1024;
