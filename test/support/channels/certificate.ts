import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import tls from "node:tls";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** A certificate of its own authority for 127.0.0.1 and localhost. */
export function ownCertificate(): { readonly key: string; readonly cert: string } {
  const folder = temporaryFolder();
  const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const files = ["-keyout", "own.key", "-out", "own.pem"];
  execFileSync("openssl", [...words, ...names, ...files], { cwd: folder, stdio: "ignore" });
  const [key = "", cert = ""] = ["own.key", "own.pem"].map((name) => readFileSync(join(folder, name), "utf8"));
  return { key, cert };
}

/** Lets this process trust a certificate until the test ends, as a machine does whose owner installed it. */
export function trustCertificate(cert: string): void {
  const usual = tls.getCACertificates("default");
  tls.setDefaultCACertificates([...usual, cert]);
  onTestFinished(() => tls.setDefaultCACertificates(usual));
}
