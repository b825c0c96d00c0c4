import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { grafanaFolder } from "#scripts/making/grafana.ts";
import { committed } from "./panels.ts";

const read = (path: string) => parse(readFileSync(join(grafanaFolder, path), "utf8"));

const shared = { name: "Heatloop", uid: "heatloop", type: "influxdb", access: "proxy", editable: false };
const jsonData = { dbName: "$HEATLOOP_INFLUX_DATABASE", httpMode: "POST", timeInterval: "1m" };

describe("what Grafana is provisioned with", () => {
  it("is InfluxDB 1 in InfluxQL, with its names and its password from the environment", () => {
    expect(read("provisioning/datasources/heatloop.yaml")).toEqual({
      apiVersion: 1,
      datasources: [
        {
          ...shared,
          url: "$HEATLOOP_INFLUX_URL",
          user: "$HEATLOOP_INFLUX_USER",
          jsonData,
          secureJsonData: { password: "$HEATLOOP_INFLUX_PASSWORD" },
        },
      ],
    });
  });

  it("is in another file InfluxDB 2, with the token as its header", () => {
    expect(read("influxdb-2/heatloop.yaml")).toEqual({
      apiVersion: 1,
      datasources: [
        {
          ...shared,
          url: "$HEATLOOP_INFLUX_URL",
          jsonData: { ...jsonData, httpHeaderName1: "Authorization" },
          secureJsonData: { httpHeaderValue1: "Token $HEATLOOP_INFLUX_TOKEN" },
        },
      ],
    });
  });

  it("are the dashboards as their files have them, which nobody can change or delete in Grafana alone", () => {
    const { apiVersion, providers } = read("provisioning/dashboards/heatloop.yaml");
    expect([apiVersion, providers.length]).toEqual([1, 1]);
    expect(providers[0]).toMatchObject({
      type: "file",
      disableDeletion: true,
      allowUiUpdates: false,
      folderUid: "heatloop",
    });
    expect(readdirSync(join(grafanaFolder, "dashboards")).toSorted()).toEqual([...committed.keys()].toSorted());
  });
});
