import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import type { Server } from "#scripts/cloud-scene/server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { heatPumpAtHome } from "./heat-pump-at-home.ts";

/** What `tryProgram` leaves as the password of the page. */
export const ownersPassword = "chosen by its owner";

const minuteFiles = "cat /var/lib/heatloop/archive/ecodan-heatpump/*/????-??-??*.csv";
/** Asks Heatloop's page after signing in; the password comes as the first line of stdin, a request as each other one. */
const asking = `
const [password, ...requests] = (await Array.fromAsync(process.stdin)).join("").trim().split("\\n");
const page = "http://127.0.0.1:8099", headers = { "content-type": "application/json" };
const login = await fetch(page + "/api/login", { method: "POST", headers, body: JSON.stringify({ password }) });
const cookie = login.headers.getSetCookie()[0].split(";")[0];
const answers = [];
for (const { path, method, body } of requests.map((each) => JSON.parse(each))) {
  const answer = await fetch(page + path, { method, headers: { ...(body && headers), cookie }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (body && !answer.ok) throw new Error(text);
  answers.push(text === "" ? null : JSON.parse(text));
}
console.log(JSON.stringify(answers));
`;

type PageOfServer = Omit<Installed, "ca">;
type PageRequest = { readonly path: string; readonly method: "GET" | "PUT"; readonly body?: object };

async function askPage({ server, secrets }: PageOfServer, requests: readonly PageRequest[]): Promise<unknown[]> {
  await server.run("cat > /tmp/asking.mjs", asking);
  const node = "/opt/heatloop/current/bin/node /tmp/asking.mjs";
  const lines = [secrets.heatloop_page, ...requests.map((each) => JSON.stringify(each))];
  const { code, printed } = await server.run(node, lines.join("\n"));
  if (code !== 0) throw new Error(printed);
  return JSON.parse(printed) as unknown[];
}

/** What the page of the server's Heatloop answers to someone who has its password. */
export function answersOf(page: PageOfServer, ...paths: string[]): Promise<unknown[]> {
  return askPage(
    page,
    paths.map((path) => ({ path, method: "GET" })),
  );
}

/** Changes settings on the page of the server's Heatloop, as someone who has its password. */
export async function changeSettings(page: PageOfServer, settings: object): Promise<void> {
  await askPage(page, [{ path: "/api/settings", method: "PUT", body: settings }]);
}

/** The process of the server's Heatloop. */
export async function pidOf(server: Server): Promise<number> {
  return Number(await server.printed("systemctl show -P MainPID heatloop"));
}

/** Heatloop on the server: its sandbox, its heat pump, its log, and how it comes back. */
export function tryProgram(installed: () => Installed): void {
  describe("Heatloop as a service", () => {
    let heatPump: ReturnType<typeof heatPumpAtHome>;
    const printed = (command: string) => installed().server.printed(command);
    const isWell = () =>
      waitFor(
        async () => (await installed().server.run("/deploy/install.sh --check")).code === 0,
        "all is well",
        60_000,
      );

    beforeAll(() => {
      heatPump = heatPumpAtHome(installed());
    });
    afterAll(() => heatPump?.close());

    it("may do so little that systemd counts its exposure as 2.0 at most", async () => {
      const exposure = /exposure level for heatloop\.service: ([\d.]+)/.exec(
        await printed("systemd-analyze security heatloop.service --no-pager"),
      );
      expect(Number(exposure?.[1])).toBeLessThanOrEqual(2);
      expect(await printed("systemd-analyze verify /etc/systemd/system/heatloop.service 2>&1")).toBe("");
      expect(await printed(`ps -o user= -p ${await pidOf(installed().server)}`)).toBe("heatloop\n");
    });

    it("finds the heat pump at home by its broker, and counts days by the home's time", async () => {
      await waitFor(
        async () => JSON.stringify(await answersOf(installed(), "/api/devices")).includes('"ecodan-heatpump"'),
        "the heat pump is found",
        60_000,
        200,
      );
      expect(await answersOf(installed(), "/api/health", "/api/settings")).toMatchObject([
        { mqtt: { state: "connected" }, archive: { state: "ok" }, time_zone: "Europe/Rome" },
        { web: { host_names: ["heat.example.org"], trusted_proxies: ["127.0.0.1"] } },
      ]);
    });

    it("has written its minute when it is started again, and goes on", async () => {
      await waitFor(
        async () => {
          await printed("systemctl restart heatloop");
          await isWell();
          return (await installed().server.run(minuteFiles)).printed.split("\n").length > 2;
        },
        "a minute is in the log",
        90_000,
      );
      expect(await printed(minuteFiles)).toMatch(/^time,.*\n\d{4}-\d\d-\d\dT\d\d:\d\d.*\+0[12]:00,/);
    });

    it("comes back by itself after kill -9", async () => {
      const pid = await pidOf(installed().server);
      await printed("systemctl kill --kill-whom=main -s KILL heatloop");
      await waitFor(async () => ![0, pid].includes(await pidOf(installed().server)), "it runs again", 60_000, 200);
      await isWell();
    });

    it("shows nobody its secrets, by its processes, its log or files that others read", async () => {
      const secrets = "<(cut -d= -f2 /etc/heatloop/secrets)";
      expect(await printed(`journalctl --no-pager -o cat | grep -cFf ${secrets}; true`)).toBe("0\n");
      expect(await printed(`cat /proc/[0-9]*/cmdline 2>/dev/null | grep -acFf ${secrets}; true`)).toBe("0\n");
      const asNobody = "setpriv --reuid nobody --regid nogroup --clear-groups";
      for (const path of ["/etc/heatloop/program-options.json", "/var/lib/heatloop/data/settings.json"]) {
        expect((await installed().server.run(`${asNobody} cat ${path}`)).printed).toContain("Permission denied");
      }
      expect(await printed(`${asNobody} cat /proc/${await pidOf(installed().server)}/environ 2>&1; true`)).toContain(
        "Permission denied",
      );
    });

    it("goes on with its owner's own password and names when it is installed again", async () => {
      const { server, secrets } = installed();
      const owner = { server, secrets: { heatloop_page: ownersPassword } };
      const body = { password: owner.secrets.heatloop_page, current: secrets.heatloop_page };
      await askPage({ server, secrets }, [{ path: "/api/password", method: "PUT", body }]);
      expect(await printed("/deploy/install.sh")).toContain("nothing was changed");
      expect(await answersOf(owner, "/api/session")).toMatchObject([{ signed_in: true }]);
      await printed("sed -i s/heat.example.org/warm.example.org/ /etc/heatloop/answers");
      expect(await printed("/deploy/install.sh")).toContain("Heatloop's page has a password of your own");
      await printed("sed -i s/warm.example.org/heat.example.org/ /etc/heatloop/answers && /deploy/install.sh");
    });
  });
}
