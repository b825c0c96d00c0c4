import { signRequest } from "@heatloop/program/signed-request";
import { newTestKey } from "../test-node.ts";
import type { BareRequest, FuzzIdentity } from "./fuzz-identity.ts";
import { type FuzzedHub, fuzzedHubUrl } from "./fuzzed-hub.ts";
import type { MarkedNode } from "./marked-tenants.ts";

type Signed = Pick<MarkedNode, "key">["key"];

async function signed({ method, url, payload }: BareRequest, key: Signed, at: number) {
  const body = payload === undefined ? {} : { body: Buffer.from(payload) };
  return signRequest({ method, url: `${fuzzedHubUrl}${url}`, ...body }, key, at);
}

export async function nodeIdentities({ tenants, clock, asOwner }: FuzzedHub): Promise<readonly FuzzIdentity[]> {
  const { north, south } = tenants;
  const holds = [
    { name: "node of north", tenant: north.name, key: north.node.key },
    { name: "node of north with a shared secret", tenant: north.name, key: north.sharingNode.key },
    { name: "node of south", tenant: south.name, key: south.node.key },
  ].map(
    ({ name, tenant, key }): FuzzIdentity => ({
      ...{ name, tenants: [tenant], isValid: true },
      headersFor: (request) => signed(request, key, clock.now()),
    }),
  );
  const none = (name: string, headersFor: FuzzIdentity["headersFor"]): FuzzIdentity => ({
    ...{ name, tenants: [], isValid: false, headersFor },
  });
  const { key } = north.node;
  const shown = newTestKey();
  return [
    ...holds,
    none("a revoked node", (request) => signed(request, north.revokedNode.key, clock.now())),
    none("a node that signs with another tenant's key", (request) =>
      signed(request, { ...south.node.key, keyId: north.node.id }, clock.now()),
    ),
    none("a signature with a key of nobody", (request) =>
      signed(request, { ...newTestKey(), keyId: north.node.id }, clock.now()),
    ),
    none("a signature of long ago", (request) => signed(request, key, clock.now() - 120_000)),
    none("a signature of another path", (request) => signed({ ...request, url: "/api/v1/x" }, key, clock.now())),
    {
      ...none("a signature of another body", (request) => signed({ ...request, payload: "{}  " }, key, clock.now())),
      refusedWith: [400, 401],
      mayChange: { node_nonces: "is signed by the node itself" },
    },
    none("an altered signature", async (request) => {
      const headers = await signed(request, key, clock.now());
      return {
        ...headers,
        "signature-input": headers["signature-input"].replace(/(?<=nonce=")./, (first) => (first === "a" ? "b" : "a")),
      };
    }),
    {
      ...none("a home that shows a key of its own", (request) =>
        signed(request, { ...shown, keyId: shown.x }, clock.now()),
      ),
      isValid: true,
      fixed: { "public key": shown.x },
    },
    {
      ...none("a signature that was taken before", async (request) => {
        const headers = await signed(request, key, clock.now());
        const [nonce] = /(?<=nonce=")[^"]+/.exec(headers["signature-input"]) ?? [];
        const at = new Date(Math.floor(clock.now() / 1_000) * 1_000);
        await asOwner("insert into node_nonces (created_at, node_id, nonce) values ($1, $2, $3)", [
          at,
          key.keyId,
          nonce,
        ]);
        return headers;
      }),
      mayChange: { node_nonces: "has them as they are after the first time" },
    },
  ];
}
