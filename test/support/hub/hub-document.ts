import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hubApi } from "@heatloop/hub/app";
import { openDatabase } from "@heatloop/hub/database/database";
import { newNodePace } from "@heatloop/hub/nodes/node-pace";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import type { HubServer, Routes } from "@heatloop/hub/web/web";
import { systemClock } from "@heatloop/program/clock";
import { recordingLog } from "#test/support/recording-log.ts";
import type { ApiDocument } from "./api-document.ts";

/** The OpenAPI document of a hub with everything that can be switched on, and with `more` routes; no database is asked for it. */
export async function hubDocument(more?: Routes): Promise<ApiDocument> {
  const log = recordingLog();
  const databaseUrl = "postgres://nobody@127.0.0.1:9/none";
  const [database, owner] = [openDatabase(databaseUrl, log), openDatabase(databaseUrl, log)];
  const secretsFolder = mkdtempSync(join(tmpdir(), "heatloop-secrets-"));
  const environment = {
    ...{ databaseUrl, mqttUrl: "mqtt://127.0.0.1:9", publicUrl: "https://hub.example", host: "127.0.0.1", port: 0 },
    ...{ secretsFolder, trustedProxies: [], nodesMqttUrl: "mqtts://hub.example", exportsFolder: undefined },
    mail: { host: "127.0.0.1", port: 9, isTls: false, user: undefined, from: "hub@hub.example" },
    oidc: { issuer: "https://provider.example", clientId: "hub" },
  };
  const secrets = await openSecrets(secretsFolder);
  const { web, people } = await hubApi({
    ...{ database, owner, environment, secrets, clock: systemClock(), log, version: "1" },
    pace: newNodePace(),
  });
  if (more !== undefined) {
    web.register((scope, _options, done) => {
      more(scope as unknown as HubServer);
      done();
    });
  }
  await web.ready();
  const document = structuredClone(web.swagger()) as object as ApiDocument;
  await web.close();
  await people.close();
  await Promise.all([database.close(), owner.close()]);
  rmSync(secretsFolder, { recursive: true });
  return document;
}
