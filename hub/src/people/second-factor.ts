import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Queries } from "../database/queries.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import { hashOfSecret } from "./secret.ts";

/** What authenticator apps understand: SHA-1, six digits, 30 s (RFC 6238). */
const periodS = 30;
const secretBytes = 20;
/** Clocks of phones are off by a step at most. */
const stepsOff = 1;
const recoveryCodes = 10;
const recoveryBytes = 10;

/** What an authenticator app is given, once. */
export type Enrolment = { readonly secret: string; readonly url: string };

/** Begins to set a second factor up, in place of one that was never confirmed. False where one is confirmed already. */
export async function enrol(
  queries: Queries,
  secrets: HubSecrets,
  { user, email, now }: { readonly user: string; readonly email: string; readonly now: number },
): Promise<Enrolment | undefined> {
  const secret = new Secret({ size: secretBytes });
  const sealed = secrets.seal(Buffer.from(secret.bytes), belongingTo(user));
  const begun = await queries.change(
    `insert into second_factors (user_id, sealed, created_at) values ($1, $2, $3)
     on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at
     where second_factors.confirmed_at is null`,
    [user, sealed, new Date(now)],
  );
  if (begun === 0) return undefined;
  const { issuer, label } = { issuer: "Heatloop", label: email };
  return { secret: secret.base32, url: new TOTP({ issuer, label, secret, period: periodS }).toString() };
}

/** Confirms a second factor with its first code, and answers recovery codes; undefined where the code is not right. */
export async function confirmFactor(
  queries: Queries,
  secrets: HubSecrets,
  { user, code, now }: { readonly user: string; readonly code: string; readonly now: number },
): Promise<readonly string[] | undefined> {
  if (!(await takeStep(queries, secrets, { user, code, now, isConfirmed: false }))) return undefined;
  await queries.change("update second_factors set confirmed_at = $2 where user_id = $1", [user, new Date(now)]);
  await queries.change("delete from recovery_codes where user_id = $1", [user]);
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
  await queries.change("insert into recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])", [
    user,
    codes.map((each) => hashOfSecret(plainCode(each))),
  ]);
  return codes;
}

/** Ends the second factor and its recovery codes. */
export async function removeFactor(queries: Queries, user: string): Promise<void> {
  await queries.change("delete from second_factors where user_id = $1", [user]);
  await queries.change("delete from recovery_codes where user_id = $1", [user]);
}

/** Whether a person has a second factor that is asked for. */
export async function hasFactor(queries: Queries, user: string): Promise<boolean> {
  const row = await queries.first("select 1 from second_factors where user_id = $1 and confirmed_at is not null", [
    user,
  ]);
  return row !== undefined;
}

/** Whether a code of the app, or a recovery code, is right; then it is used up. */
export async function takeCode(
  queries: Queries,
  secrets: HubSecrets,
  { user, code, now }: { readonly user: string; readonly code: string; readonly now: number },
): Promise<boolean> {
  const plain = plainCode(code);
  if (/^\d{6}$/.test(plain)) return takeStep(queries, secrets, { user, code: plain, now, isConfirmed: true });
  const used = await queries.change(
    "update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null",
    [user, hashOfSecret(plain), new Date(now)],
  );
  return used === 1;
}

type Step = { readonly user: string; readonly code: string; readonly now: number; readonly isConfirmed: boolean };

/** Takes a code whose step is newer than the last one that was taken: a code that somebody has looked at does not hold again. */
async function takeStep(
  queries: Queries,
  secrets: HubSecrets,
  { user, code, now, isConfirmed }: Step,
): Promise<boolean> {
  const row = await queries.first<{ sealed: Buffer }>(
    "select sealed from second_factors where user_id = $1 and (confirmed_at is not null) = $2",
    [user, isConfirmed],
  );
  if (row === undefined) return false;
  const secret = Secret.fromHex(secrets.open(row.sealed, belongingTo(user)).toString("hex"));
  const off = TOTP.validate({ token: code, secret, period: periodS, timestamp: now, window: stepsOff });
  if (off === null) return false;
  const step = TOTP.counter({ period: periodS, timestamp: now }) + off;
  const taken = await queries.change("update second_factors set last_step = $2 where user_id = $1 and last_step < $2", [
    user,
    step,
  ]);
  return taken === 1;
}

function belongingTo(user: string): string {
  return `second factor of ${user}`;
}

/** `abcd-efgh-ijkl-mnop`: 80 random bits. */
function newRecoveryCode(): string {
  const text = new Secret({ buffer: Uint8Array.from(randomBytes(recoveryBytes)).buffer }).base32.toLowerCase();
  return text.match(/.{4}/g)?.join("-") ?? text;
}

/** As people copy it: with blanks, in capitals, without the hyphens. */
function plainCode(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, "");
}
