import { type AddressInfo, createServer } from "node:net";
import { noAnswerInTime } from "@heatloop/ha-addon/channels/http-outcome";
import type { ChannelOf } from "@heatloop/ha-addon/settings/channel-settings";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownCertificate, trustCertificate } from "#test/support/channels/certificate.ts";
import { type MailServer, mailServer } from "#test/support/channels/mail-server.ts";
import { listening } from "#test/support/channels/recording-server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { exampleChannels } from "./channel-examples.ts";
import { exampleMessage, newsAt } from "./news-examples.ts";
import { delivered } from "./sender-example.ts";

const secret = "correct horse";

function trusted() {
  const certificate = ownCertificate();
  trustCertificate(certificate.cert);
  return certificate;
}

/** The example's channel through a server of this machine. */
function channelAt({ port }: Pick<MailServer, "port">, how: Partial<ChannelOf<"email">> = {}): ChannelOf<"email"> {
  return { ...exampleChannels.email, host: "127.0.0.1", port, ...how };
}

function withoutLogin(channel: ChannelOf<"email">): ChannelOf<"email"> {
  const { username: _, ...anonymous } = channel;
  return anonymous;
}

describe("an e-mail", () => {
  it("is sent with STARTTLS and a login, and reads as a person would write it", async () => {
    const server = await mailServer(trusted());
    const message = exampleMessage({ message: "Wärmepumpe\r\nBcc: everybody@example.org" });
    const channel = channelAt(server, { to: ["me@example.org", "you@example.org"] });
    expect(await delivered(channel, { secret, message })).toEqual({ kind: "delivered" });
    expect(server.mails).toMatchObject([
      { from: "heat@example.org", to: ["me@example.org", "you@example.org"], secure: true, user: "heat" },
    ]);
    const { source = "" } = server.mails[0] ?? {};
    expect(source).toContain("From: Heatloop <heat@example.org>");
    expect(source).toContain(`Message-ID: <${message.id}@inst0001.example.org>`);
    expect(source).toContain("Auto-Submitted: auto-generated");
    expect(source).toContain("Date: Sat, 21 Nov 2026 11:00:00 +0000");
    const [headers = ""] = source.split("\r\n\r\n", 1);
    expect(headers).not.toMatch(/^Bcc:/m);
    expect(source).toContain("Since 2026-11-21 11:55");
  });

  it("of the end of an alert belongs to the conversation of its beginning", async () => {
    const server = await mailServer(trusted());
    const channel = channelAt(server);
    await delivered(channel, { secret });
    await delivered(channel, { secret, message: exampleMessage({ kind: "cleared", at: newsAt + 60_000 }) });
    const [first, second] = server.mails.map(({ source }) => /^References: (\S+)/m.exec(source)?.[1]);
    expect([first, first]).toEqual([expect.stringContaining("@inst0001.example.org"), second]);
  });

  it("is sent with TLS from the first byte", async () => {
    const server = await mailServer({ ...trusted(), secure: true });
    expect(await delivered(channelAt(server, { security: "tls" }), { secret })).toEqual({ kind: "delivered" });
    expect(server.mails[0]).toMatchObject({ secure: true, user: "heat" });
  });

  it("is sent plainly and without a login where it is set so", async () => {
    const server = await mailServer({ hideSTARTTLS: true });
    const channel = withoutLogin(channelAt(server, { security: "none" }));
    expect(await delivered(channel)).toEqual({ kind: "delivered" });
    expect(server.mails[0]).toMatchObject({ secure: false, user: undefined });
  });

  it("is refused with the wrong password, which nothing that is said of it holds", async () => {
    const server = await mailServer(trusted());
    const delivery = await delivered(channelAt(server), { secret: "battery staple" });
    expect(delivery).toMatchObject({ kind: "refused", why: expect.stringContaining("535") });
    expect(JSON.stringify(delivery)).not.toContain("battery staple");
    expect([server.logins.length, server.mails]).toEqual([1, []]);
  });

  it.each([
    ["that offers no encryption", { hideSTARTTLS: true }],
    ["whose certificate nobody vouches for", {}],
  ])("tells its password to no server %s", async (_, options) => {
    const server = await mailServer({ ...ownCertificate(), ...options });
    const delivery = await delivered(channelAt(server), { secret });
    expect(delivery).toMatchObject({ kind: "failed", mayHaveArrived: false });
    expect([server.logins, server.mails]).toEqual([[], []]);
  });

  it.each([
    [451, "failed"],
    [550, "refused"],
  ])("that nobody takes with %i has %s", async (reply, kind) => {
    const server = await mailServer(trusted());
    server.refusals.push(reply);
    const delivery = await delivered(channelAt(server), { secret });
    expect(delivery).toMatchObject({ kind, why: expect.stringContaining(`${reply} not this one`) });
  });

  it("that one of several people does not get is not sent again to the others", async () => {
    const server = await mailServer(trusted());
    server.refusals.push(550);
    const channel = channelAt(server, { to: ["nobody@example.org", "me@example.org"] });
    const delivery = await delivered(channel, { secret });
    expect(delivery).toMatchObject({ kind: "refused", why: expect.stringContaining("not for nobody@example.org") });
    expect(server.mails.map(({ to }) => to)).toEqual([["me@example.org"]]);
  });

  it("to a server that says nothing ends when its time is over", async () => {
    const silent = createServer();
    let connections = 0;
    silent.on("connection", (socket) => {
      connections += 1;
      socket.on("error", () => undefined);
      socket.on("close", () => {
        connections -= 1;
      });
      socket.resume();
    });
    await listening(silent);
    onTestFinished(() => void silent.close());
    const abort = new AbortController();
    const channel = channelAt(silent.address() as AddressInfo);
    const delivery = delivered(channel, { secret, signal: abort.signal });
    await waitFor(() => connections > 0, "the connection");
    abort.abort(noAnswerInTime);
    expect(await delivery).toMatchObject({ kind: "failed", timedOut: true, why: noAnswerInTime });
    await waitFor(() => connections === 0, "the connection is ended");
  });

  it("to nobody at all says so", async () => {
    const server = createServer();
    await listening(server);
    const address = server.address() as AddressInfo;
    await new Promise<void>((done) => server.close(() => done()));
    const delivery = await delivered(channelAt(address), { secret });
    expect(delivery).toMatchObject({ kind: "failed", mayHaveArrived: false });
    expect(delivery.kind === "failed" && delivery.why).toContain("ECONNREFUSED");
  });
});
