import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { noAnswerInTime, retryAfterMs, shownText } from "@heatloop/ha-addon/channels/http-outcome";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownCertificate, trustCertificate } from "#test/support/channels/certificate.ts";
import { listening, recordingServer } from "#test/support/channels/recording-server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { exampleChannels } from "./channel-examples.ts";
import { delivered, servicesAt } from "./sender-example.ts";

const { webhook, slack, telegram } = exampleChannels;

describe("an answer", () => {
  it.each([
    [200, "delivered"],
    [204, "delivered"],
    [301, "refused"],
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [408, "failed"],
    [410, "refused"],
    [429, "failed"],
    [500, "failed"],
    [503, "failed"],
  ])("of %i is %s", async (status, kind) => {
    const other = await recordingServer(undefined, { status, body: "so it is" });
    const delivery = await delivered({ ...webhook, url: other.url });
    expect(delivery.kind).toBe(kind);
    if (delivery.kind !== "delivered" && status !== 301) expect(delivery.why).toBe(`it answers ${status}: so it is`);
  });

  it.each([
    ['{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', "Bad Request: chat not found"],
    ['{"code":40101,"http":401,"error":"unauthorized","link":"x"}', "unauthorized"],
    [
      '{"status":"invalid event","message":"Event object is invalid","errors":["no key","no summary"]}',
      "Event object is invalid: no key: no summary",
    ],
    ['{"code":7}', '{"code":7}'],
    ["null", "null"],
    ["[1]", "[1]"],
    ['{"error', '{"error'],
    ["invalid_payload", "invalid_payload"],
  ])("is shown by its sentence: %s", async (body, shown) => {
    const other = await recordingServer(undefined, { status: 400, body });
    expect(await delivered({ ...webhook, url: other.url })).toEqual({
      kind: "refused",
      why: `it answers 400: ${shown}`,
    });
  });

  it("that leads elsewhere is not followed", async () => {
    const elsewhere = await recordingServer();
    const other = await recordingServer(undefined, { status: 307, headers: { location: elsewhere.url } });
    const delivery = await delivered({ ...webhook, url: other.url });
    expect(delivery).toMatchObject({ kind: "refused", why: expect.stringContaining("a redirect (307), which is not") });
    expect(elsewhere.requests).toEqual([]);
  });

  it("is read no further than a person would, whatever it is", async () => {
    const endless = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.write("HTTP/1.1 500 Oh\r\ncontent-type: text/plain\r\n\r\n");
      const write = () => {
        while (socket.writable && socket.write("no ".repeat(1_000)));
      };
      socket.on("drain", write);
      write();
    });
    await listening(endless);
    onTestFinished(() => void endless.close());
    const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/`;
    const delivery = await delivered({ ...webhook, url });
    expect(delivery).toMatchObject({ kind: "failed", why: expect.stringMatching(/^it answers 500: (no )+.*\.\.\.$/) });
    expect(delivery.kind !== "delivered" && delivery.why.length).toBeLessThan(300);
  });

  it("that holds the secret is shown without it", async () => {
    const secret = "123456789:AAEhBOweik6ad6PsVs1WkcL6Y3Zt";
    const body = `no bot ${secret} or ${encodeURIComponent(secret)}`;
    const other = await recordingServer(undefined, { status: 401, body });
    const delivery = await delivered(telegram, { secret, services: servicesAt(other.url) });
    expect(delivery).toEqual({ kind: "refused", why: "it answers 401: no bot *** or ***" });
  });

  it.each([
    ["<html><body>404</body></html>", ""],
    ["  invalid_token\r\n\tagain\u0000 ", "invalid_token again"],
    ["x".repeat(300), `${"x".repeat(200)}...`],
  ])("is shown in one line: %j", (text, shown) => {
    expect(shownText(text)).toBe(shown);
  });

  it.each([
    [undefined, null],
    ["120", 120_000],
    ["Sat, 21 Nov 2026 11:01:00 GMT", 60_000],
    ["Sat, 21 Nov 2026 10:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
  ])("says when to come again: %s", (header, expected) => {
    expect(retryAfterMs(header, Date.parse("2026-11-21T11:00:00Z"))).toBe(expected);
  });
});

describe("a connection", () => {
  it("that nobody takes is a failure that left nothing behind", async () => {
    const server = createServer();
    await listening(server);
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((done) => server.close(() => done()));
    const delivery = await delivered({ ...webhook, url: `http://127.0.0.1:${port}/` });
    expect(delivery).toMatchObject({ kind: "failed", mayHaveArrived: false, timedOut: false });
    expect(delivery.kind === "failed" && delivery.why).toContain("there is no connection: connect ECONNREFUSED");
  });

  it("that ends in the middle may have carried the message", async () => {
    const other = await recordingServer(undefined, "cut");
    const delivery = await delivered({ ...webhook, url: other.url });
    expect(delivery).toMatchObject({ kind: "failed", mayHaveArrived: true, timedOut: false });
  });

  it("that hangs is ended when its time is over", async () => {
    const other = await recordingServer(undefined, "hang");
    const abort = new AbortController();
    const delivery = delivered({ ...webhook, url: other.url }, { signal: abort.signal });
    await waitFor(() => other.requests.length > 0, "the request");
    abort.abort(noAnswerInTime);
    expect(await delivery).toMatchObject({ kind: "failed", mayHaveArrived: true, timedOut: true, why: noAnswerInTime });
    await waitFor(async () => (await other.connections()) === 0, "the connection is ended");
  });

  it("to somebody whose certificate nobody vouches for carries nothing", async () => {
    const other = await recordingServer(ownCertificate());
    const delivery = await delivered(slack, { secret: `${other.url}/services/x` });
    expect(delivery).toMatchObject({
      kind: "failed",
      mayHaveArrived: false,
      why: expect.stringContaining("certificate"),
    });
    expect(other.requests).toEqual([]);
  });

  it("is made with TLS where the certificate is good", async () => {
    const certificate = ownCertificate();
    trustCertificate(certificate.cert);
    const other = await recordingServer(certificate);
    expect(await delivered(slack, { secret: `${other.url}/services/x` })).toEqual({ kind: "delivered" });
  });
});
