import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import type { Services } from "./container-network.ts";
import { type ContainersFolder, servicesOf } from "./containers.ts";

const repository = resolve(import.meta.dirname, "../..");

/** The services of a folder's compose file: what they are, may do and publish. */
export function tryServices(made: () => { readonly folder: ContainersFolder; readonly services: Services }): void {
  it("are a file that Compose takes, with Grafana where it is asked for", () => {
    expect(Object.keys(servicesOf(made().folder.path, [])).toSorted()).toEqual(Object.keys(made().services).toSorted());
    const profiles = Object.entries(made().services).filter(([, { profiles: of }]) => of !== undefined);
    expect(profiles.map(([name]) => name).toSorted()).toEqual(["grafana", "influxdb"]);
  });

  it("publish 443 and 8883 alone, and speak to each other where no way leads in or out", () => {
    const published = Object.entries(made().services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port.published}:${port.target}`),
    );
    expect(published.toSorted()).toEqual(["mosquitto 8883:8883", "nginx 443:443"]);
    const { networks } = JSON.parse(JSON.stringify(made().services.grafana));
    expect(Object.keys(networks)).toEqual(["inside"]);
    expect(Object.values(made().services).every((each) => each.network_mode === undefined)).toBe(true);
  });

  it.each(["mosquitto", "home-assistant", "heatloop", "nginx", "influxdb", "grafana"])(
    "%s is of one version, starts again by itself, may do little, and fills no disk with its log",
    (name) => {
      const service = made().services[name] as Services[string];
      expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?$/);
      expect(service).toMatchObject({
        restart: "unless-stopped",
        security_opt: ["no-new-privileges:true"],
        logging: { options: { "max-size": "10m", "max-file": expect.anything() } },
      });
      expect(service.privileged ?? false).toBe(false);
      expect(service.cap_drop).not.toEqual([]);
      if (name !== "home-assistant") expect(service).toMatchObject({ cap_drop: ["ALL"], read_only: true });
      const image = readFileSync(join(repository, "ha-addon/Dockerfile"), "utf8");
      if (name === "heatloop") expect(image).toContain("HEALTHCHECK");
      else expect(service.healthcheck).toBeDefined();
    },
  );

  it("run the Heatloop and the Home Assistant that a server runs", () => {
    const read = (path: string) => readFileSync(join(repository, path), "utf8");
    expect(read("ha-addon/compose.yaml")).toContain(`image: ${made().services.heatloop?.image}\n`);
    expect(read("deploy/parts/home_assistant.sh")).toContain(
      `home_assistant_version=${made().services["home-assistant"]?.image.split(":")[1]}\n`,
    );
  });
}
