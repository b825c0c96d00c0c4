import { createPrivateKey, createPublicKey, createSecretKey } from "node:crypto";
import { type SignatureKey, signatureOf, verifiedKey } from "@heatloop/program/http-signature";
import { expect, test } from "vitest";

/** The request of RFC 9421, appendix B.2. */
const request = {
  method: "POST",
  url: "https://example.com/foo?param=Value&Pet=dog",
  headers: {
    host: "example.com",
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-digest":
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
    "content-length": "18",
  },
};

/** B.1.4 and B.1.5: keys that the RFC publishes for tests. */
const privateKey = createPrivateKey(
  "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n",
);
const sharedSecret = createSecretKey(
  Buffer.from("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==", "base64"),
);

type Vector = {
  readonly section: string;
  readonly label: string;
  readonly components: readonly string[];
  readonly keyId: string;
  readonly signs: SignatureKey;
  readonly verifies: SignatureKey;
  readonly input: string;
  readonly signature: string;
};

const vectors: readonly Vector[] = [
  {
    section: "B.2.5",
    label: "sig-b25",
    components: ["date", "@authority", "content-type"],
    keyId: "test-shared-secret",
    signs: { alg: "hmac-sha256", key: sharedSecret },
    verifies: { alg: "hmac-sha256", key: sharedSecret },
    input: 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
  },
  {
    section: "B.2.6",
    label: "sig-b26",
    components: ["date", "@method", "@path", "@authority", "content-type", "content-length"],
    keyId: "test-key-ed25519",
    signs: { alg: "ed25519", key: privateKey },
    verifies: { alg: "ed25519", key: createPublicKey(privateKey) },
    input:
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  },
];

test.each(vectors)("a request is signed as RFC 9421 prints it in $section", async (vector) => {
  const { label, components, keyId, signs } = vector;
  const made = await signatureOf(request, signs, { components, label, parameters: { keyId, createdS: 1_618_884_473 } });
  expect(made).toEqual({ signature: vector.signature, signatureInput: vector.input });
});

test.each(vectors)(
  "what RFC 9421 prints in $section is verified, and asks for the key that it names",
  async (vector) => {
    const asked: unknown[] = [];
    const key = await verifiedKey(signedBy(vector), {
      components: vector.components,
      async keysFor({ keyid }) {
        asked.push(keyid);
        return [vector.verifies];
      },
    });
    expect([key, asked]).toEqual([vector.verifies, [vector.keyId]]);
  },
);

test.each(vectors)("another request with the signature of $section does not hold", async (vector) => {
  const { headers } = signedBy(vector);
  const changed = { ...request, headers: { ...headers, "content-type": "text/plain" } };
  expect(await keyOf(changed, vector)).toBe(undefined);
  expect(await keyOf({ ...request, url: "https://other.example/foo", headers }, vector)).toBe(undefined);
});

test.each(vectors)("a signature that does not cover what it has to is none ($section)", async (vector) => {
  const { verifies } = vector;
  const components = ["@query"];
  expect(await verifiedKey(signedBy(vector), { components, keysFor: async () => [verifies] })).toBe(undefined);
});

test("of two signatures none holds, whatever they are", async () => {
  const [hmac, ed25519] = vectors as [Vector, Vector];
  const both = {
    ...request.headers,
    signature: `${hmac.signature}, ${ed25519.signature}`,
    "signature-input": `${hmac.input}, ${ed25519.input}`,
  };
  const keysFor = async ({ keyid }: { readonly keyid?: unknown }) => [
    keyid === hmac.keyId ? hmac.verifies : ed25519.verifies,
  ];
  expect(await verifiedKey({ ...request, headers: both }, { components: [], keysFor })).toBe(undefined);
});

function signedBy({ signature, input }: Vector) {
  return { ...request, headers: { ...request.headers, signature, "signature-input": input } };
}

function keyOf(changed: typeof request, { components, verifies }: Vector) {
  return verifiedKey(changed, { components, keysFor: async () => [verifies] });
}
