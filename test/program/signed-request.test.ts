import { createHash, createPublicKey, createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { checkSignature, contentDigest, sha256In, signRequest } from "@heatloop/program/signed-request";
import { expect, test } from "vitest";

const now = Date.UTC(2026, 10, 30, 12);
const { privateKey } = generateKeyPairSync("ed25519");
const ed25519: SignatureKey = { alg: "ed25519", key: privateKey };
const publicHalf: SignatureKey = { alg: "ed25519", key: createPublicKey(privateKey) };
const shared: SignatureKey = { alg: "hmac-sha256", key: createSecretKey(randomBytes(32)) };
const body = Buffer.from('{"minutes":[1,2,3]}');
const asked = { method: "POST", url: "https://hub.example/api/v1/telemetry?of=1", body };
type Sent = { method: string; url: string; headers: Record<string, string> };

async function sent(key: SignatureKey = ed25519, at = now): Promise<Sent> {
  const headers = await signRequest(asked, { ...key, keyId: "node 1" }, at);
  return { method: asked.method, url: asked.url, headers: { ...headers } };
}

function checked(request: Sent, keys: readonly SignatureKey[] = [publicHalf]) {
  return checkSignature(request, { now, keysOf: async (keyId) => (keyId === "node 1" ? keys : []) });
}

test.each([
  ["ed25519", ed25519, publicHalf],
  ["hmac-sha256", shared, shared],
] as const)(
  "a request that was signed with %s holds, and says by whom, when and of which body",
  async (_, own, theirs) => {
    const result = await checked(await sent(own), [theirs]);
    expect(result).toMatchObject({ kind: "signed", keyId: "node 1", key: theirs, createdAt: now });
    expect(result.kind === "signed" && result.bodySha256).toEqual(createHash("sha256").update(body).digest());
  },
);

test("each request has a nonce of its own", async () => {
  const results = await Promise.all([sent(), sent(), sent()].map(async (request) => checked(await request)));
  expect(new Set(results.map((result) => result.kind === "signed" && result.nonce)).size).toBe(3);
});

test("any of several live keys will do, and the one that signed is told", async () => {
  const other: SignatureKey = { alg: "ed25519", key: generateKeyPairSync("ed25519").publicKey };
  expect(await checked(await sent(), [other, publicHalf])).toMatchObject({ kind: "signed", key: publicHalf });
  expect(await checked(await sent(), [other])).toMatchObject({ kind: "refused" });
});

test("it survives a reverse proxy that changes host and scheme", async () => {
  const request = await sent();
  const behind = { ...request, url: "http://127.0.0.1:8100/api/v1/telemetry?of=1" };
  expect(await checked(behind)).toMatchObject({ kind: "signed" });
});

test.each([
  ["method", (request: Sent) => ({ ...request, method: "PUT" })],
  ["path", (request: Sent) => ({ ...request, url: "https://hub.example/api/v1/other?of=1" })],
  ["query", (request: Sent) => ({ ...request, url: "https://hub.example/api/v1/telemetry?of=2" })],
  ["body", (request: Sent) => changedHeader(request, "content-digest", () => contentDigest(Buffer.from("other")))],
  ["time", (request: Sent) => changedHeader(request, "signature-input", (text) => text.replace(/=17/, "=16"))],
  ["nonce", (request: Sent) => changedHeader(request, "signature-input", (text) => text.replace(/e="./, 'e="!'))],
  ["algorithm", (request: Sent) => changedHeader(request, "signature-input", (text) => text.replace("ed2", "hm2"))],
  ["name", (request: Sent) => changedHeader(request, "signature-input", (text) => text.replace("node 1", "node 2"))],
  ["signature", (request: Sent) => changedHeader(request, "signature", (text) => text.replace(/=:./, "=:_"))],
] as const)("a request of which the %s was changed is refused", async (_, change) => {
  expect((await checked(change(await sent()))).kind).toBe("refused");
});

test("a shared secret can't be used as if a public key were one", async () => {
  const raw = createSecretKey(Buffer.from(publicHalf.key.export({ format: "der", type: "spki" })));
  expect(await checked(await sent({ alg: "hmac-sha256", key: raw }))).toMatchObject({ kind: "refused" });
});

test.each([-60, 60])("a clock that is off by %i s is near enough", async (offS) => {
  expect((await checked(await sent(ed25519, now + offS * 1000))).kind).toBe("signed");
});

test.each([
  [-61, "before"],
  [61, "after"],
] as const)("a clock that is off by %i s is too far, and is told how far", async (offS, word) => {
  expect(await checked(await sent(ed25519, now + offS * 1000))).toEqual({
    kind: "refused",
    why: `it was created 61 s ${word} this machine's time`,
  });
});

test("a path that could be read in two ways is refused", async () => {
  const request = await sent();
  const twisted = { ...request, url: "https://hub.example/api/v1/x/../telemetry?of=1" };
  expect(await checked(twisted)).toEqual({ kind: "refused", why: "its path is not written in its plain form" });
});

test("a request without a signature is just that", async () => {
  expect(await checked({ ...(await sent()), headers: {} })).toEqual({ kind: "unsigned" });
});

test.each(["", "%", "heatloop=1", 'heatloop=("@method");created="x"', "a=(), b=()"])(
  "what is no signature is refused and breaks nothing: %j",
  async (text) => {
    const request = changedHeader(await sent(), "signature-input", () => text);
    expect((await checked(request)).kind).toBe("refused");
  },
);

test("a digest has to be one, and of SHA-256", () => {
  const one = contentDigest(body);
  expect(sha256In(one)?.length).toBe(32);
  expect(sha256In(`sha-512=:${"A".repeat(86)}==:, ${one}`)?.length).toBe(32);
  expect(sha256In(`${one}, ${one}`)).toBe(undefined);
  expect(sha256In("sha-256=:AAAA:")).toBe(undefined);
});

function changedHeader(request: Sent, name: string, change: (text: string) => string): Sent {
  const before = String(request.headers[name]);
  const after = change(before);
  expect(after).not.toBe(before);
  return { ...request, headers: { ...request.headers, [name]: after } };
}
