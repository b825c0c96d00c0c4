import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";

/** The broker at home, and that of the new server with its authority, its users, and who may do what. */
export type TwoServers = {
  readonly old: TestBroker;
  readonly new: TestBroker;
  /** Port of the new one's TLS listener. */
  readonly tlsPort: number;
  readonly caFile: string;
  readonly passwordFile: string;
  readonly password: string;
  /** The new one as its own programs reach it. */
  readonly innerUrl: string;
  close(): Promise<void>;
};

const root = join(import.meta.dirname, "../../..");
export const heatPump = "ecodan-heatpump";
const users = {
  homeassistant: "of-home-assistant",
  heatloop: "of-heatloop",
  reader: "of-reader",
  [heatPump]: "of-the-heat-pump",
};

/** Starts both; the new one's access list is that of `deploy/install.sh`. */
export async function startTwoServers(folder: string, tlsPort: number): Promise<TwoServers> {
  makeCertificates(folder);
  const passwords = join(folder, "passwords");
  writeFileSync(
    passwords,
    Object.entries(users)
      .map(([user, password]) => `${user}:${password}\n`)
      .join(""),
  );
  execFileSync("mosquitto_passwd", ["-U", passwords]);
  const acl = execFileSync("bash", ["-c", `source deploy/parts/broker.sh && HEAT_PUMPS=${heatPump} broker_acl_text`], {
    cwd: root,
  });
  writeFileSync(join(folder, "acl"), acl);
  writeFileSync(join(folder, "password"), `${users[heatPump]}\n`);
  const old = await startBroker();
  const fresh = await startBroker({
    config: (port) => `listener ${tlsPort} 127.0.0.1
certfile ${folder}/server.crt
keyfile ${folder}/server.key
listener ${port} 127.0.0.1
allow_anonymous false
password_file ${passwords}
acl_file ${folder}/acl
`,
  });
  return {
    old,
    new: fresh,
    tlsPort,
    caFile: join(folder, "ca.crt"),
    passwordFile: join(folder, "password"),
    password: users[heatPump],
    innerUrl: `mqtt://heatloop:${users.heatloop}@127.0.0.1:${fresh.port}`,
    async close() {
      await old.close();
      await fresh.close();
    },
  };
}

/** An authority, the server's certificate by it, and another authority that signed nothing. */
function makeCertificates(folder: string): void {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  for (const name of ["ca", "other-ca"]) {
    openssl("req", "-x509", ...key, "-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.crt`);
  }
  openssl(
    "req",
    ...key,
    "-subj",
    "/CN=server",
    "-addext",
    "subjectAltName=IP:127.0.0.1",
    "-keyout",
    "server.key",
    "-out",
    "server.csr",
  );
  openssl(
    "x509",
    "-req",
    "-in",
    "server.csr",
    "-CA",
    "ca.crt",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-copy_extensions",
    "copy",
    "-out",
    "server.crt",
  );
}
