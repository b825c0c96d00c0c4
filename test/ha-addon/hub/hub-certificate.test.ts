import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "@heatloop/program/clock";
import { expect, test } from "vitest";
import { testHome } from "#test/support/hub/home.ts";
import { wholeHub } from "#test/support/hub/whole-hub.ts";
import { hasNginx, startNginx } from "#test/support/nginx.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await wholeHub(systemClock());

/** A hub behind Nginx, whose certificate is of an authority that `deploy/hub-containers.sh` would have made. */
async function ownAuthority() {
  const folder = temporaryFolder();
  const file = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const authority = (name: string) =>
    openssl(
      ...[
        "req",
        "-x509",
        ...key,
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.crt`,
        "-days",
        "3",
        "-subj",
        `/CN=${name}`,
      ],
      ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
    );
  authority("ca");
  authority("other");
  openssl("req", ...key, "-keyout", "hub.key", "-out", "hub.csr", "-subj", "/CN=localhost");
  writeFileSync(file("names"), "subjectAltName=DNS:localhost");
  const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names", "-days", "3"];
  openssl("x509", "-req", "-in", "hub.csr", "-out", "hub.crt", ...signed);
  const server = await startNginx({
    http: "",
    server: `location / { proxy_pass ${hub.url}; }`,
    certificate: file("hub"),
  });
  return { url: `https://${server.host}`, file };
}

test.runIf(hasNginx())(
  "a home joins a hub with an authority of its own once it is told of that, which may be replaced",
  async () => {
    const { url, file } = await ownAuthority();
    const home = await testHome({ now: () => Date.now() });
    await home.put({ url, claim_code: await hub.code() });
    expect((await home.is("away")).detail).toMatch(
      /^the hub's certificate is of an authority that this machine does not know: ask .* name the file in hub.ca_file$/,
    );
    await home.put({ ca_file: file("hub-ca.pem") });
    const says = (what: RegExp) => waitFor(() => what.test(home.link().state().detail ?? ""), `it says ${what}`);
    await says(/the CA file .*hub-ca.pem cannot be read \(ENOENT\): check hub.ca_file$/);
    writeFileSync(file("hub-ca.pem"), "no certificate");
    await says(/holds no certificate in PEM form: check hub.ca_file$/);
    copyFileSync(file("other.crt"), file("hub-ca.pem"));
    await says(/^the hub's certificate is not of the authority in .*hub-ca.pem: save .* or empty hub.ca_file/);
    copyFileSync(file("ca.crt"), file("hub-ca.pem"));
    const node = await home.joined();
    expect(await home.is("connected")).toMatchObject({ node, detail: null });
    await home.put({ url: url.replace("localhost", "127.0.0.1"), claim_code: await hub.code() });
    await says(
      /^the hub's certificate is not for 127.0.0.1 but for localhost: use a name of the certificate in hub.url$/,
    );
  },
);
