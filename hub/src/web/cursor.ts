import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { badRequest } from "@heatloop/program/http/problem";
import type { z } from "zod";

/** Names where parts of lists begin by texts that say nothing to who has them. */
export type Cursors = {
  /** The text of a place; the same for the same place of the same list, and good for that list alone. `of` names it, and for whom it is. */
  cursorOf(place: unknown, of: string): string;
  /** The place that `cursorOf` was given; throws a `Problem` (400) for any other text, and for one of another list. */
  placeIn<Place>(cursor: string, of: string, schema: z.ZodType<Place>): Place;
};

const [nonceBytes, tagBytes] = [12, 16];

/** Those of all hubs with these secrets. */
export function cursorsOf({ keyFor }: { readonly keyFor: (purpose: string) => Buffer }): Cursors {
  const [sealing, naming] = [keyFor("cursors"), keyFor("nonces of cursors")];

  function opened(cursor: string, of: string): unknown {
    const sealed = Buffer.from(cursor, "base64url");
    // Base64 has several texts for the same bytes.
    if (sealed.toString("base64url") !== cursor) throw notShownHere();
    const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(of)).setAuthTag(sealed.subarray(-tagBytes));
    const plain = Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return JSON.parse(plain.toString());
  }

  return {
    cursorOf(place, of) {
      const plain = Buffer.from(JSON.stringify(place));
      const nonce = createHmac("sha256", naming).update(`${of}\n`).update(plain).digest().subarray(0, nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce).setAAD(Buffer.from(of));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
    },
    placeIn(cursor, of, schema) {
      try {
        return schema.parse(opened(cursor, of));
      } catch {
        throw notShownHere();
      }
    },
  };
}

function notShownHere() {
  return badRequest([
    {
      path: "after",
      found: "a text that was not shown here",
      allowed: "next of the answer before, asked with everything else as it was",
    },
  ]);
}
