import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server } from "#scripts/cloud-scene/server.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Pebble, the server with which Let's Encrypt tests who asks it for certificates, at home. */
export type AcmeServer = {
  /** Where a client begins. */
  readonly directory: string;
  /** The certificate by which its own HTTPS is trusted. */
  readonly ca: string;
  /** The root of what it issues. */
  root(): Promise<string>;
  /** To which address every name leads from now on; empty: to none. */
  lead(address: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts Pebble, and the name server that it asks, at the home's address; names lead to the server. */
export async function startAcmeServer({ address, homeAddress: home }: Server): Promise<AcmeServer> {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-"));
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem";
  const words = `req -x509 ${key} -out cert.pem -days 3 -subj /CN=acme -addext subjectAltName=IP:${home}`;
  execFileSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
  const ca = readFileSync(join(folder, "cert.pem"), "utf8");
  const pebble = {
    ...{ listenAddress: `${home}:14000`, managementListenAddress: `${home}:15000`, httpPort: 80, tlsPort: 443 },
    ...{ certificate: "cert.pem", privateKey: "key.pem", ocspResponderURL: "", externalAccountBindingRequired: false },
  };
  writeFileSync(join(folder, "pebble.json"), JSON.stringify({ pebble }));
  // Else it waits for seconds, and refuses some requests, so that clients are tried.
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" };
  const nameServer = ["-dns01", `${home}:8053`, "-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv6", ""];
  const programs = [
    spawn("pebble-challtestsrv", [...nameServer, "-management", `${home}:8055`, "-defaultIPv4", address]),
    spawn("pebble", ["-config", "pebble.json", "-dnsserver", `${home}:8053`], { cwd: folder, env }),
  ];
  let written = "";
  for (const { stdout, stderr } of programs) {
    for (const stream of [stdout, stderr]) stream.on("data", (text) => (written += text));
  }
  const directory = `https://${home}:14000/dir`;
  await waitFor(() => fetched(directory, ca).catch(() => ""), "Pebble is there").catch((error: unknown) => {
    throw new Error(`${error}: ${written}`);
  });
  return {
    ...{ directory, ca, root: () => fetched(`https://${home}:15000/roots/0`, ca) },
    async lead(ip) {
      await fetch(`http://${home}:8055/set-default-ipv4`, { method: "POST", body: JSON.stringify({ ip }) });
    },
    async close() {
      await Promise.all(programs.map(ended));
      rmSync(folder, { recursive: true });
    },
  };
}

async function ended(program: ChildProcess): Promise<void> {
  const closed = once(program, "close");
  program.kill("SIGKILL");
  await closed;
}

async function fetched(url: string, ca: string): Promise<string> {
  const [answer] = await once(get(url, { ca }), "response");
  let text = "";
  for await (const piece of answer) text += piece;
  return text;
}
