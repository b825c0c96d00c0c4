import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import type { Server } from "#scripts/cloud-scene/server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { heatPumpAtHome } from "./heat-pump-at-home.ts";

/** What `tryProgram` leaves as the password of the page. */
export const ownersPassword = "chosen by its owner";

const minuteFiles = "cat /var/lib/heatloop/archive/ecodan-heatpump/*/????-??-??*.csv";
/** Asks Heatloop's page for paths after signing in; the password comes as the first line of stdin. */
const asking = `
const [password, ...paths] = (await Array.fromAsync(process.stdin)).join("").trim().split("\\n");
const page = "http://127.0.0.1:8099";
const body = JSON.stringify({ password });
const login = await fetch(page + "/api/login", { method: "POST", headers: { "content-type": "application/json" }, body });
const cookie = login.headers.getSetCookie()[0].split(";")[0];
const answers = [];
for (const path of paths) answers.push(await (await fetch(page + path, { headers: { cookie } })).json());
console.log(JSON.stringify(answers));
`;

/** What the page of the server's Heatloop answers to someone who has its password. */
export async function answersOf({ server, secrets }: Omit<Installed, "ca">, ...paths: string[]): Promise<unknown[]> {
  await server.run("cat > /tmp/asking.mjs", asking);
  const node = "/opt/heatloop/current/bin/node /tmp/asking.mjs";
  const { code, printed } = await server.run(node, [secrets.heatloop_page, ...paths].join("\n"));
  if (code !== 0) throw new Error(printed);
  return JSON.parse(printed) as unknown[];
}

const changing = `
const [password, body] = (await Array.fromAsync(process.stdin)).join("").trim().split("\\n");
const page = "http://127.0.0.1:8099", headers = { "content-type": "application/json" };
const login = await fetch(page + "/api/login", { method: "POST", headers, body: JSON.stringify({ password }) });
const cookie = login.headers.getSetCookie()[0].split(";")[0];
const answer = await fetch(page + "/api/settings", { method: "PUT", headers: { ...headers, cookie }, body });
if (!answer.ok) throw new Error(await answer.text());
`;

/** Changes settings on the page of the server's Heatloop, as someone who has its password. */
export async function changeSettings({ server, secrets }: Omit<Installed, "ca">, settings: object): Promise<void> {
  await server.run("cat > /tmp/changing.mjs", changing);
  const node = "/opt/heatloop/current/bin/node /tmp/changing.mjs";
  const { code, printed } = await server.run(node, [secrets.heatloop_page, JSON.stringify(settings)].join("\n"));
  if (code !== 0) throw new Error(printed);
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
      await server.run(
        "/opt/heatloop/current/bin/node -e '" +
          'const page = "http://127.0.0.1:8099", headers = { "content-type": "application/json" };' +
          'process.stdin.once("data", async (body) => { const login = JSON.stringify({ password: JSON.parse(body).current });' +
          'const r = await fetch(page + "/api/login", { method: "POST", headers, body: login });' +
          'const cookie = r.headers.getSetCookie()[0].split(";")[0];' +
          'await fetch(page + "/api/password", { method: "PUT", headers: { ...headers, cookie }, body }); })' +
          "'",
        JSON.stringify({ password: owner.secrets.heatloop_page, current: secrets.heatloop_page }),
      );
      expect(await printed("/deploy/install.sh")).toContain("nothing was changed");
      expect(await answersOf(owner, "/api/session")).toMatchObject([{ signed_in: true }]);
      await printed("sed -i s/heat.example.org/warm.example.org/ /etc/heatloop/answers");
      expect(await printed("/deploy/install.sh")).toContain("Heatloop's page has a password of your own");
      await printed("sed -i s/warm.example.org/heat.example.org/ /etc/heatloop/answers && /deploy/install.sh");
    });
  });
}
