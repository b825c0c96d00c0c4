import { readEnvironment } from "@heatloop/ha-addon/settings/environment";
import { describe, expect, it } from "vitest";

function environment(variables: Record<string, string | undefined>) {
  const read = readEnvironment(variables);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return read.environment;
}

describe("the environment", () => {
  it("without any of its variables means the folders of an app and a listener on this machine only", () => {
    expect(environment({ PATH: "/bin" })).toEqual({
      optionsFile: "/data/options.json",
      dataFolder: "/data",
      homeAssistantFolder: "/homeassistant",
      archiveFolder: "/config/archive",
      host: "127.0.0.1",
      port: 8099,
      trustedPeers: undefined,
      supervisorToken: undefined,
      user: undefined,
    });
  });

  it("under the Supervisor listens on every address but answers ingress and the machine itself only", () => {
    const { host, trustedPeers, supervisorToken } = environment({ SUPERVISOR_TOKEN: "t" });
    expect(host).toBe("0.0.0.0");
    expect(trustedPeers).toEqual(["172.30.32.2", "127.0.0.1", "::1"]);
    expect(supervisorToken).toBe("t");
  });

  it("names every folder, the host and the port", () => {
    const read = environment({
      HEATLOOP_OPTIONS: "o.json",
      HEATLOOP_DATA: "d",
      HEATLOOP_ARCHIVE: "a",
      HEATLOOP_HOST: "::",
      HEATLOOP_PORT: "0",
    });
    expect(read).toMatchObject({ optionsFile: "o.json", dataFolder: "d", archiveFolder: "a", host: "::", port: 0 });
  });

  it("takes empty variables for absent ones", () => {
    const empty = { HEATLOOP_DATA: "", HEATLOOP_HOST: "", HEATLOOP_PORT: "", SUPERVISOR_TOKEN: "" };
    expect(environment(empty)).toEqual(environment({}));
  });

  it("names whom the program becomes where it is started as root", () => {
    expect(environment({ HEATLOOP_USER: "1000:999" }).user).toEqual({ uid: 1000, gid: 999 });
  });

  it.each(["0:0", "1000", "node", "1000:0", "-1:1000"])("does not take %s for such a user", (text) => {
    expect(readEnvironment({ HEATLOOP_USER: text })).toMatchObject({ mistakes: [{ path: "HEATLOOP_USER" }] });
  });

  it.each(["65536", "-1", "8099.5", "99999"])("refuses the port %s", (port) => {
    expect(readEnvironment({ HEATLOOP_PORT: port })).toEqual({
      ok: false,
      mistakes: [{ path: "HEATLOOP_PORT", found: JSON.stringify(port), allowed: "a port from 0 to 65535" }],
    });
  });
});
