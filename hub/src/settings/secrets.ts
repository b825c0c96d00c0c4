import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the hub keeps secret: one key, in a file, of which all others are made. */
export type HubSecrets = {
  /** A key of 32 bytes for one purpose; the same each time, and none says anything of another. */
  keyFor(purpose: string): Buffer;
  /** Encrypts what is stored in the database (AES-256-GCM); `of` names what it belongs to, and only there it opens. */
  seal(plain: Buffer, of: string): Buffer;
  /** Opens what `seal` made; throws where it was changed, or belongs to something else. */
  open(sealed: Buffer, of: string): Buffer;
};

const keyFile = "hub-key";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Opens the folder of secrets. Its `hub-key` is made where there is none yet; several hubs share the folder, and the first one
 * makes it. Throws with a sentence for a person where the folder cannot be used.
 */
export async function openSecrets(folder: string): Promise<HubSecrets> {
  const key = await hubKey(folder);
  const keyFor = (purpose: string) => Buffer.from(hkdfSync("sha256", key, "", `heatloop hub ${purpose}`, keyBytes));
  const sealing = keyFor("sealing");
  return {
    keyFor,
    seal(plain, of) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce).setAAD(Buffer.from(of));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, of) {
      const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(of)).setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    },
  };
}

/** A secret that a person put into a file of the folder, such as `mqtt-password`; undefined where there is none. */
export async function secretOfFile(folder: string, name: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, name), "utf8")).replace(/\r?\n$/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${join(folder, name)} cannot be read: ${String(error)}`);
  }
}

async function hubKey(folder: string): Promise<Buffer> {
  const file = join(folder, keyFile);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await readdir(folder)).includes(keyFile)) await makeKey(file);
  } catch (error) {
    throw new Error(`HUB_SECRETS: ${folder} cannot be used as the folder of secrets (${String(error)})`);
  }
  const text = (await readFile(file, "utf8").catch((error: unknown) => String(error))).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`HUB_SECRETS: ${file} is not the key that the hub made (64 hexadecimal digits); restore it`);
  }
  return Buffer.from(text, "hex");
}

/** Writes a new key whole, or leaves the one that another hub has written meanwhile. */
async function makeKey(file: string): Promise<void> {
  const unfinished = `${file}-${randomBytes(4).toString("hex")}`;
  await writeFile(unfinished, `${randomBytes(keyBytes).toString("hex")}\n`, { mode: 0o600, flush: true });
  try {
    await link(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(unfinished);
  }
}
