import { createHmac } from "node:crypto";

/**
 * `t=1795258800,v1=<hex>`: HMAC-SHA256 of `<t>.<body>` with the channel's secret as key; `t` is when it was sent, Unix
 * seconds, so that whoever receives it can refuse what is old.
 */
export function signatureOf(body: string, secret: string, at: number): string {
  const seconds = Math.floor(at / 1_000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
