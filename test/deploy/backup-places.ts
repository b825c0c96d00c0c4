import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/base/free-port.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A program outside of the server that takes backups, at each address of the test's machine. */
export type BackupPlace = {
  readonly port: number;
  close(): Promise<void>;
};

/** The moto server that `scripts/test` installs; undefined where it was not. */
export const moto = process.env.HEATLOOP_MOTO;

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false)).once("connect", () => socket.destroy());
  });

async function started(child: ChildProcess, port: number, what: string, clean = () => {}): Promise<BackupPlace> {
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (written += text));
  await waitFor(() => answers(port), `${what} answers`, 60_000).catch((error) => {
    throw new Error(`${error.message}: ${written}`);
  });
  return {
    port,
    async close() {
      const ended = once(child, "close");
      child.kill();
      await ended;
      clean();
    },
  };
}

/** What speaks S3: its bucket is `heatloop`, and every key is taken. */
export async function startS3(program: string): Promise<BackupPlace> {
  const port = await freePort();
  const child = spawn(program, ["-H", "0.0.0.0", "-p", String(port)], { stdio: ["ignore", "pipe", "pipe"] });
  const place = await started(child, port, "moto");
  const made = await fetch(`http://127.0.0.1:${port}/heatloop`, { method: "PUT" });
  if (!made.ok) throw new Error(`no bucket: ${made.status}`);
  return place;
}

/** An OpenSSH server of a Debian root: `letIn` adds a public key; backups lie in `folder`, which is /backups there. */
export async function startSftp(root: string) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "heatloop-sftp-"));
  const keys = mkdtempSync(join(tmpdir(), "heatloop-keys-"));
  const letIn = (key: string) => writeFileSync(join(keys, "authorized"), key);
  letIn("");
  const settings = ["StrictModes=no", "AuthorizedKeysFile=/keys/authorized"];
  const child = spawn(
    "systemd-nspawn",
    [
      ...["--quiet", "--directory", root, "--volatile=overlay", "--register=no", "--keep-unit", "--as-pid2"],
      ...[`--machine=sftp-${process.pid}`, `--bind=${folder}:/backups`, `--bind-ro=${keys}:/keys`],
      ...["sh", "-c", 'mkdir -p /run/sshd && exec /usr/sbin/sshd -D -e "$@"', "sshd", "-p", String(port)],
      ...settings.flatMap((setting) => ["-o", setting]),
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const place = await started(child, port, "sshd", () => {
    for (const each of [folder, keys]) rmSync(each, { recursive: true, force: true });
  });
  return { ...place, folder, letIn };
}
