/** Without I, L, O and U, so that no letter is taken for a digit or another letter (Crockford's Base32). */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;
const groupLength = 4;

/** How many random bytes a code is made of; of each, five bits count: 60 bits in all. */
export const claimCodeBytes = length;

/** A code as a person types it: `7K2M-Q9XA-0FHT`. */
export function claimCodeOf(random: Uint8Array): string {
  if (random.length !== claimCodeBytes) throw new RangeError(`a claim code is made of ${claimCodeBytes} bytes`);
  const code = [...random].map((byte) => letters[byte % letters.length]).join("");
  return (code.match(new RegExp(`.{${groupLength}}`, "g")) ?? []).join("-");
}

/** The code that somebody typed, in the form that it was shown in; undefined where it can be none. */
export function claimCodeIn(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const groups = new RegExp(`^[${letters}]{${length}}$`).test(code) && code.match(new RegExp(`.{${groupLength}}`, "g"));
  return groups ? groups.join("-") : undefined;
}
