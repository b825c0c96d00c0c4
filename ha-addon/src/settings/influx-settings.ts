import { takenTagNames } from "@heatloop/core/influx/archive-points";
import { z } from "zod";
import { isSafeUrl } from "./channel-settings.ts";

const urlRule = {
  error:
    "an https:// address without user and password such as https://influx.example.org:8086; http:// only to an address or a name " +
    "of the home",
};
const nameRule = { error: "a text of up to 200 characters without line breaks" };
const tagRule = {
  error: "1 to 40 letters, digits and _, beginning with a letter, and no column of the log",
};

const name = z
  .string(nameRule)
  .trim()
  .max(200, nameRule)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), nameRule);

const tag = z.strictObject({
  name: z
    .string(tagRule)
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, tagRule)
    .refine((text) => !takenTagNames.has(text), tagRule),
  value: name.min(1),
});

const tags = z
  .array(tag)
  .max(20)
  .superRefine((entries, context) => {
    entries.forEach(({ name: own }, index) => {
      if (entries.findIndex((each) => each.name === own) === index) return;
      context.addIssue({ code: "custom", path: [index, "name"], input: own, message: "each name once" });
    });
  });

/** `influx` of the settings: the database that the rows of the log are sent to; its password or token is no setting. */
export const influxSchema = z
  .strictObject({
    on: z.boolean().default(false),
    /** The server, with a path where it stands behind one; empty: none. */
    url: z
      .string(urlRule)
      .trim()
      .max(2_000, urlRule)
      .refine((url) => url === "" || (isSafeUrl(url) && !/[?#]/.test(url)), urlRule)
      .default(""),
    /** 1: `/write` with a database and a user; 2: `/api/v2/write` with a bucket and a token. */
    version: z.union([z.literal(1), z.literal(2)], { error: "1 or 2" }).default(2),
    database: name.default(""),
    /** Empty: the database's own default. */
    retention_policy: name.default(""),
    /** Empty: it does not log in. */
    username: name.refine((text) => !text.includes(":"), { error: "a user without a colon" }).default(""),
    organization: name.default(""),
    bucket: name.default(""),
    /** Beside `device`, which every row has. */
    tags: tags.default([]),
    /** Whether rows have the name that the settings give the heat pump as the tag `name` too. */
    tag_name: z.boolean().default(false),
    gzip: z.boolean().default(true),
    /** What is sent after an outage, and at first: of so many days and no older ones. */
    days_back: z.int().min(1).max(365).default(30),
  })
  .superRefine(({ on, url, version, database, bucket }, context) => {
    if (!on) return;
    const need = (path: string, value: string, message: string) => {
      if (value === "") context.addIssue({ code: "custom", path: [path], input: value, message });
    };
    need("url", url, urlRule.error);
    if (version === 1) need("database", database, "the name of the database, which is there already");
    else need("bucket", bucket, "the name of the bucket, which is there already");
  });

export type InfluxSettings = z.output<typeof influxSchema>;
