import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { tryLetsEncrypt } from "./letsencrypt.ts";
import { packagedRoot, plainAnswers, serverRoot } from "./server-root.ts";
import { tryWeb } from "./web.ts";

describe.runIf(serverRoot !== undefined)("Nginx that deploy/install.sh has set up", { timeout: 120_000 }, () => {
  let server: Server;
  let ca: string;
  const installed = (): Installed => ({ server, ca, secrets: {} });

  beforeAll(async () => {
    server = await startServer(packagedRoot, 4);
    await server.run("cat > /root/answers", `${plainAnswers}HEATLOOP=none\n`);
    await server.printed("/deploy/install.sh --answers /root/answers");
    ca = await server.printed("cat /etc/heatloop/tls/ca.crt");
  }, 180_000);
  afterAll(() => server?.close());

  tryWeb(installed);
  tryLetsEncrypt(installed);

  it("gives way to the distribution's example site when it is uninstalled", async () => {
    expect(await server.printed("ls -A /etc/nginx/conf.d /etc/nginx/sites-enabled")).not.toContain("default");
    await server.printed("/deploy/install.sh --uninstall");
    const left = await server.printed("ls -A /etc/nginx/conf.d; readlink -f /etc/nginx/sites-enabled/*");
    expect(left).toBe("/etc/nginx/sites-available/default\n");
    await server.printed("nginx -t");
    expect((await server.run("ls /usr/local/share/heatloop")).code).not.toBe(0);
    await server.printed("echo '# mine' >> /etc/nginx/sites-available/default");
    const { code, printed } = await server.run("/deploy/install.sh");
    expect([code, printed]).toEqual([1, expect.stringContaining("a site of yours (/etc/nginx/sites-enabled/default)")]);
  });
});
