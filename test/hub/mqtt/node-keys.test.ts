import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { certificatePath } from "@heatloop/core/hub/node-paths";
import { hourMs } from "@heatloop/core/time/durations";
import { openNodeBroker } from "@heatloop/ha-addon/hub/node-broker";
import { connectAsync } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { oldHome } from "#test/support/hub/old-home.ts";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { waitFor } from "#test/support/wait-for.ts";

const broker = await startNodesBroker();
const hub = await nodesServer({ broker: { url: broker.nodesUrl, ca: broker.ca } });
hub.clock.follow();
const revocations = async () => (await fetch(`${hub.url}/api/v1/broker/node-crl.pem`)).text();
await broker.start(hub.ca.certificate, await revocations());

/** A home that waits at the broker for its key to be changed. */
async function oldHomeAtBroker() {
  // As fast as others: the client of the broker waits by the machine's clock.
  const home = await oldHome(hub, 10_000);
  home.how.way = () => "lose";
  await home.becomesOld();
  const own = openNodeBroker({ hub: home.link(), clock: home.clock, log: home.log, random: () => 0 });
  onTestFinished(() => own.close());
  await waitFor(own.connected, "the home is at the hub's broker");
  await home.is("adding");
  return { ...home, own };
}

/** What somebody who has a copy of the home's key gets into the broker with. */
async function copiedCertificate({ node, first }: Awaited<ReturnType<typeof oldHome>>) {
  const key = createPrivateKey({ key: Buffer.from(first.private_key, "base64"), format: "der", type: "pkcs8" });
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const json = { public_key: publicKey.export({ format: "jwk" }).x };
  const request = await hub.signed({ alg: "ed25519", key, keyId: node }, { path: certificatePath, json });
  const { certificate: cert } = (await hub.app.inject(request)).json<{ certificate: string }>();
  return { cert, key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(), ca: broker.ca };
}

async function getsIn(by: { readonly cert: string; readonly key: string; readonly ca: string }): Promise<boolean> {
  const how = { protocolVersion: 5, reconnectPeriod: 0, connectTimeout: 3_000, ...by } as const;
  const client = await connectAsync(broker.nodesUrl, how, false).catch(() => undefined);
  await client?.endAsync(true);
  return client !== undefined;
}

const certificatesOf = (node: string) =>
  hub.owner.transaction({}, (queries) =>
    queries.all<{ revoked: boolean }>(
      "select revoked_at is not null as revoked from node_certificates where node_id = $1",
      [node],
    ),
  );

test("a home that changes its key goes on at the broker by a new certificate, and one of its former key opens nothing", async () => {
  const home = await oldHomeAtBroker();
  const copied = await copiedCertificate(home);
  expect(await getsIn(copied)).toBe(true);
  home.how.way = () => "forward";
  await home.changed();
  broker.revoke(await revocations());
  await waitFor(async () => !(await getsIn(copied)), "the former key's certificate opens nothing");
  await waitFor(home.own.connected, "the home is at the broker");
  await broker.stop();
  await waitFor(() => !home.own.connected(), "the broker is away");
  await broker.start(hub.ca.certificate, await revocations());
  await waitFor(() => home.own.say({ version: "1" }), "the home has come back by its new certificate");
  expect(await getsIn(copied)).toBe(false);
});

test("a home whose certificate the broker refuses asks for another one", async () => {
  const home = await oldHomeAtBroker();
  const { node, own } = home;
  await hub.owner.transaction({}, (queries) =>
    queries.change("update node_certificates set revoked_at = now() where node_id = $1", [node]),
  );
  await broker.stop();
  await broker.start(hub.ca.certificate, await revocations());
  await waitFor(
    () => home.told("refuses the certificate that Heatloop shows (certificate revoked)").length > 0,
    "it is refused",
  );
  home.setAhead(2 * hourMs);
  await waitFor(own.connected, "it is at the broker again");
  expect((await certificatesOf(node)).filter(({ revoked }) => !revoked)).toHaveLength(1);
});

test("a node that asks for certificates without end gets no more, until some of them are over", async () => {
  const key = newTestKey();
  const { id: keyId } = (await hub.post("/api/v1/nodes", { name: "Endless", public_key: key.x })).json<{
    id: string;
  }>();
  const ask = async () =>
    hub.app.inject(
      await hub.signed({ ...key, keyId }, { path: certificatePath, json: { public_key: newTestKey().x } }),
    );
  expect((await ask()).statusCode).toBe(201);
  await hub.owner.transaction({}, (queries) =>
    queries.change(
      `insert into node_certificates (serial, tenant_id, node_id, expires_at)
        select lpad(to_hex(n), 32, '0'), tenant_id, node_id, expires_at from node_certificates, generate_series(1, 999) as n
        where node_id = $1`,
      [keyId],
    ),
  );
  const refused = await ask();
  expect([refused.statusCode, refused.json().detail]).toEqual([
    429,
    expect.stringMatching(/^The node has 1000 certificates/),
  ]);
  await hub.owner.transaction({}, (queries) =>
    queries.change("update node_certificates set expires_at = now() where serial = lpad('1', 32, '0')", []),
  );
  expect((await ask()).statusCode).toBe(201);
});
