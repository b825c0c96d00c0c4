import type { AddressInfo } from "node:net";
import type { NodesBroker } from "@heatloop/hub/nodes/certificate-routes";
import { afterAll } from "vitest";
import { nodesHub } from "#test/support/hub/web.ts";

/** The hub's API with its nodes on a port of this machine: a test's homes reach it there. */
export async function nodesServer(how: { readonly publicUrl?: string; readonly broker?: NodesBroker } = {}) {
  const hub = await nodesHub({ publicUrl: "http://127.0.0.1", ...how });
  let server = hub.app;
  const port = await listen(0);
  const operator = hub.as(await hub.tenant("North"), "operator");

  async function listen(at: number): Promise<number> {
    server = hub.another();
    await server.listen({ host: "127.0.0.1", port: at });
    return (server.server.address() as AddressInfo).port;
  }
  afterAll(() => server.close());

  return {
    ...hub,
    url: `http://127.0.0.1:${port}`,
    operator,
    stop: () => server.close(),
    start: () => listen(port),
    /** A claim code for a new home. */
    async code(name = "Mill Lane 3"): Promise<string> {
      const asked = { method: "POST", url: "/api/v1/claim-codes", headers: operator, payload: { name } } as const;
      return (await hub.app.inject(asked)).json<{ code: string }>().code;
    },
    async get<T>(url: string): Promise<T> {
      return (await hub.app.inject({ url, headers: operator })).json<T>();
    },
    async post(url: string, payload?: object) {
      return hub.app.inject({ method: "POST", url, headers: operator, ...(payload && { payload }) });
    },
  };
}

export type NodesServer = Awaited<ReturnType<typeof nodesServer>>;
