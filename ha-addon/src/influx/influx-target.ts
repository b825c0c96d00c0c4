import type { InfluxSettings } from "../settings/influx-settings.ts";

/** Where and how lines are written. */
export type InfluxTarget = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly gzip: boolean;
};

/** What says who writes: the user and the password of version 1, the token of version 2; undefined: nothing. */
export function authorizationOf({ version, username }: InfluxSettings, secret: string | undefined): string | undefined {
  if (version === 2) return secret === undefined ? undefined : `Token ${secret}`;
  if (username === "") return undefined;
  return `Basic ${Buffer.from(`${username}:${secret ?? ""}`).toString("base64")}`;
}

/** The write endpoint of settings that are on; https://docs.influxdata.com/influxdb/v1/tools/api/#write-http-endpoint and /v2/api/. */
export function influxTarget(settings: InfluxSettings, secret: string | undefined): InfluxTarget {
  const { url, version, database, retention_policy, organization, bucket, gzip } = settings;
  const base = url.replace(/\/+$/, "");
  const query = new URLSearchParams({ precision: "ms" });
  if (version === 1) {
    query.set("db", database);
    if (retention_policy !== "") query.set("rp", retention_policy);
  } else {
    query.set("bucket", bucket);
    if (organization !== "") query.set("org", organization);
  }
  const authorization = authorizationOf(settings, secret);
  return {
    url: `${base}${version === 1 ? "/write" : "/api/v2/write"}?${query}`,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      ...(authorization !== undefined && { authorization }),
    },
    gzip,
  };
}

/** Whose position in the archive it is: another database begins anew. */
export function destinationOf(settings: InfluxSettings): string {
  const { url, version, database, retention_policy, organization, bucket } = settings;
  return JSON.stringify([url, version, ...(version === 1 ? [database, retention_policy] : [organization, bucket])]);
}

/** Whom the secret is for: it must not be sent to another server because somebody changed the address. */
export function secretDestinationOf({ url, version, username }: InfluxSettings): string {
  const origin = URL.canParse(url) ? new URL(url).origin : "";
  return JSON.stringify([origin, version, ...(version === 1 ? [username] : [])]);
}
