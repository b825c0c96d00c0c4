import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

type Parameters = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };

/** OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. */
const usual: Parameters = { memoryKiB: 19_456, passes: 2, lanes: 1 };
const saltBytes = 16;
const hashBytes = 32;
/** Argon2 1.3 (RFC 9106). */
const version = 19;

/** As strong as the usual ones at most a few times over: nobody else's parameters take all of the memory. */
const largest: Parameters = { memoryKiB: 262_144, passes: 16, lanes: 16 };

/** The Argon2id hash of a password with a salt of its own, as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function argon2idOf(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return phcOf(salt, await derived(password, salt, usual, hashBytes));
}

/** Whether a PHC string was made of a password, in a time that does not depend on how much of it is right. Throws where it is none. */
export async function isArgon2id(password: string, phc: string): Promise<boolean> {
  const { parameters, salt, hash } = readPhc(phc);
  return timingSafeEqual(hash, await derived(password, salt, parameters, hash.length));
}

/** Whether a PHC string has other parameters than a new one would have. */
export function isOutdated(phc: string): boolean {
  return !phc.startsWith(phcOf(Buffer.alloc(0), Buffer.alloc(0)).slice(0, -1));
}

/** The hash of no password: comparing with it takes as long as with any other. */
export const noPassword = phcOf(randomBytes(saltBytes), randomBytes(hashBytes));

function phcOf(salt: Buffer, hash: Buffer): string {
  const { memoryKiB, passes, lanes } = usual;
  return `$argon2id$v=${version}$m=${memoryKiB},t=${passes},p=${lanes}$${base64(salt)}$${base64(hash)}`;
}

const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

function readPhc(phc: string) {
  const [, memoryKiB, passes, lanes, salt = "", hash = ""] = form.exec(phc) ?? [];
  const parameters = { memoryKiB: Number(memoryKiB), passes: Number(passes), lanes: Number(lanes) };
  const isKnown =
    parameters.memoryKiB <= largest.memoryKiB &&
    parameters.passes <= largest.passes &&
    parameters.lanes <= largest.lanes;
  if (!isKnown) throw new Error("what is kept of a password is no Argon2id hash that the hub could have made");
  return { parameters, salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64") };
}

/** As the PHC format has it: without padding. */
function base64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}

/** Keyboards write the same letter in several ways: NFKC makes them one. */
function derived(
  password: string,
  nonce: Buffer,
  { memoryKiB: memory, passes, lanes: parallelism }: Parameters,
  tagLength: number,
): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFKC"));
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message, nonce, parallelism, tagLength, memory, passes }, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
