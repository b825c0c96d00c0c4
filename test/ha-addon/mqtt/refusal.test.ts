import { refusalOf, wantsOlderVersion } from "@heatloop/ha-addon/mqtt/refusal";
import { describe, expect, it } from "vitest";

const ending = { accepted: false, briefInARow: 0, url: "mqtts://me:s3cret@broker.home:8883", caFile: undefined };
const error = (code: string | number | undefined, message = "low-level text") =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe("the reason why there is no connection", () => {
  it.each([
    [error("ECONNREFUSED"), /nothing listens at broker.home:8883/],
    [new AggregateError([error("ECONNREFUSED"), error("EHOSTUNREACH")]), /nothing listens/],
    [error("ENOTFOUND"), /no host named broker.home: check mqtt.url/],
    [error("EAI_AGAIN"), /is the network up/],
    [error("EHOSTUNREACH"), /no way to broker.home/],
    [error("ETIMEDOUT"), /does not answer: check mqtt.url and the firewall/],
    [error("CERT_HAS_EXPIRED"), /has expired: renew it/],
    [error("CERT_NOT_YET_VALID"), /check the date of this machine/],
    [error("DEPTH_ZERO_SELF_SIGNED_CERT"), /set mqtt.ca_file/],
    [error("EPROTO"), /not with TLS that fits/],
    [error("ERR_SSL_WRONG_VERSION_NUMBER"), /not with TLS that fits/],
    [
      error("ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REVOKED"),
      /refuses the certificate that Heatloop shows \(certificate revoked\)/,
    ],
    [error("ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE"), /refuses the certificate .* \(bad certificate\)/],
    [error("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"), /refuses the certificate .* \(unknown ca\)/],
    [error("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"), /use a port where it asks for a user name and a password/],
    [error("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), /not with TLS that fits/],
    [error(4), /check mqtt.username and mqtt.password/],
    [error(5), /access list/],
    [error(134), /check mqtt.username and mqtt.password/],
    [error(142), /is Heatloop running twice/],
    [error(139), /shutting down/],
    [error(undefined, "connack timeout"), /accepts the connection but does not answer/],
    [error(undefined, "Keepalive timeout"), /does not answer any more/],
    [error("EWEIRD"), /low-level text \(EWEIRD\)/],
    [undefined, /closes the connection before it answers/],
    ["text", /text/],
  ])("%s: %s", (cause, sentence) => {
    const reason = refusalOf({ ...ending, error: cause });
    expect(reason).toMatch(sentence);
    expect(reason).not.toContain("s3cret");
  });

  it("is that Heatloop may run twice when connections end again and again", () => {
    const again = { ...ending, accepted: true, error: undefined, briefInARow: 3 };
    expect(refusalOf(again)).toMatch(/is Heatloop running twice/);
  });

  it("is plain when an accepted connection just ends", () => {
    expect(refusalOf({ ...ending, accepted: true, error: undefined })).toBe("the broker closed the connection");
  });
});

describe("MQTT 3.1.1 is tried", () => {
  it.each([
    [error(1), false, "yes"],
    [error(132), false, "yes"],
    [undefined, false, "perhaps"],
    [error("ECONNRESET"), false, "perhaps"],
    [error("ECONNREFUSED"), false, "no"],
    [error(134), false, "no"],
    [undefined, true, "no"],
  ])("after %s (accepted before: %s): %s", (cause, accepted, expected) => {
    expect(wantsOlderVersion({ ...ending, accepted, error: cause })).toBe(expected);
  });
});
