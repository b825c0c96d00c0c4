import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { plainAnswers } from "./server-root.ts";

const root = process.env.HEATLOOP_DEBIAN_13_SERVER;

describe.runIf(root !== undefined)(
  "a server of Debian 13 that deploy/install.sh has set up",
  { timeout: 120_000 },
  () => {
    let server: Server;

    beforeAll(async () => {
      server = await startServer(root ?? "", 14);
      await server.run("cat > /root/answers", plainAnswers);
      await server.printed("/deploy/install.sh --answers /root/answers");
    }, 240_000);
    afterAll(() => server?.close());

    it("is well, and changes nothing when it is installed again", async () => {
      expect(await server.printed("/deploy/install.sh --check")).not.toContain("WRONG");
      expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
    });

    it("has units without a mistake, and a Heatloop that may do little", async () => {
      const units = await server.printed("ls /etc/systemd/system/heatloop*.service");
      expect(await server.printed(`systemd-analyze verify ${units.trim().split("\n").join(" ")} 2>&1`)).toBe("");
      const exposure = await server.printed("systemd-analyze security heatloop.service --no-pager | tail -1");
      expect(Number(/heatloop\.service: ([\d.]+)/.exec(exposure)?.[1])).toBeLessThanOrEqual(2);
    });

    it("comes back whole where its services are killed", async () => {
      await server.printed(
        "systemctl kill -s KILL mosquitto nginx heatloop; /deploy/install.sh && /deploy/install.sh --check",
      );
    });

    it("is left as it was when it is uninstalled", async () => {
      await server.printed("/deploy/install.sh --uninstall --purge");
      const left = "find /etc /usr/local /var/lib /opt -path '*heatloop*'; true";
      expect(await server.printed(left)).toBe("");
    });
  },
);
