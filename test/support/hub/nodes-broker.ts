import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { accepts } from "#scripts/base/accepts.ts";
import { freePort } from "#scripts/base/free-port.ts";
import { waitFor } from "#test/support/wait-for.ts";

const deployed = join(import.meta.dirname, "../../../deploy/hub/mosquitto");
const hubPassword = "of a test";
const systemPassword = "of another system";

/**
 * A real Mosquitto as `deploy/hub` sets it up, on ports of this machine, until all tests of the file are done; where it is started within
 * a test `until` is `onTestFinished`.
 */
export async function startNodesBroker(until: (done: () => Promise<void>) => void = afterAll) {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-nodes-broker-"));
  const [hubPort, nodesPort] = [await freePort(), await freePort()];
  const file = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "ignore" });
  openssl(
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
    ...["-keyout", "broker.key", "-out", "broker.pem", "-subj", "/CN=localhost"],
    ...["-addext", "subjectAltName=DNS:localhost"],
  );
  execFileSync("mosquitto_passwd", ["-c", "-b", file("passwords"), "hub", hubPassword]);
  execFileSync("mosquitto_passwd", ["-b", file("passwords"), "system", systemPassword]);
  copyFileSync(join(deployed, "acl"), file("acl"));
  appendFileSync(file("acl"), "\nuser system\ntopic write #\n");
  const conf = readFileSync(join(deployed, "mosquitto.conf"), "utf8")
    .replace("listener 1883", `listener ${hubPort} 127.0.0.1`)
    .replace("listener 8883", `listener ${nodesPort} 127.0.0.1`)
    .replace("/etc/heatloop/tls/server.crt", file("broker.pem"))
    .replace("/etc/heatloop/tls/server.key", file("broker.key"))
    .replaceAll("/mosquitto/config/", `${folder}/`)
    .replaceAll("/mosquitto/data/", `${folder}/`);
  writeFileSync(file("mosquitto.conf"), `${conf}user root\n`);
  let child: ChildProcess | undefined;

  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  until(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  return {
    hubUrl: `mqtt://hub@127.0.0.1:${hubPort}`,
    hubPassword,
    /** Another system at the same broker, which may write everything. */
    systemUrl: `mqtt://system@127.0.0.1:${hubPort}`,
    systemPassword,
    nodesUrl: `mqtts://localhost:${nodesPort}`,
    ca: readFileSync(file("broker.pem"), "utf8"),
    /** Starts it with the nodes' authority and what that has revoked. */
    async start(nodeCa: string, revocations: string): Promise<void> {
      writeFileSync(file("node-ca.pem"), nodeCa);
      writeFileSync(file("node-crl.pem"), revocations);
      child = spawn("mosquitto", ["-c", file("mosquitto.conf")], {
        stdio: "ignore",
        env: { PATH: `${process.env.PATH}:/usr/sbin` },
      });
      await waitFor(() => accepts(nodesPort), "the broker accepts connections");
    },
    /** Has it read a new list of what is revoked. */
    revoke(revocations: string): void {
      writeFileSync(file("node-crl.pem"), revocations);
      child?.kill("SIGHUP");
    },
    stop,
    pid: () => child?.pid ?? 0,
  };
}
