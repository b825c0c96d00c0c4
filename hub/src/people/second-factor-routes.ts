import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { personOf } from "../web/caller.ts";
import { nothing, problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { provePassword, wrongCode } from "./proof.ts";
import { codeSchema, shownPasswordSchema, smallBodyBytes } from "./schemas.ts";
import { confirmFactor, enrol, hasFactor, removeFactor, takeCode } from "./second-factor.ts";

const tags = ["second factor"];

/** A second factor: codes of an authenticator app. */
export function secondFactorRoutes(context: PeopleContext): Routes {
  return (app) => {
    enrolRoute(context)(app);
    confirmRoute(context)(app);
    offRoute(context)(app);
  };
}

function enrolRoute(context: PeopleContext): Routes {
  const { database, secrets, clock } = context;
  return (app) => {
    app.post(
      "/api/v1/totp",
      {
        config: { needs: "person" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Begins to set a second factor up: what an authenticator app needs",
          description: "It is asked for at login once POST /api/v1/totp/confirm has had its first code.",
          tags,
          body: z.strictObject({ password: shownPasswordSchema }),
          response: {
            201: z.object({
              secret: z.string().describe("to be typed in, base32"),
              url: z.string().describe("otpauth://, to be shown as a QR code"),
            }),
            ...problemsOf(409, 413, 415),
          },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const { email } = await provePassword(context, request, request.body.password);
        const begun = await database.transaction({ user }, (queries) =>
          enrol(queries, secrets, { user, email, now: clock.now() }),
        );
        if (begun === undefined) throw new Problem(409, "There is a second factor already: switch it off first.");
        return reply.code(201).send(begun);
      },
    );
  };
}

function confirmRoute({ database, secrets, clock, tries, addressOf, log }: PeopleContext): Routes {
  return (app) => {
    app.post(
      "/api/v1/totp/confirm",
      {
        config: { needs: "person" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Switches the second factor on with its first code",
          description: "The recovery codes are shown this once; each replaces a code of the app one time.",
          tags,
          body: z.strictObject({ code: codeSchema }),
          response: { 200: z.object({ recovery_codes: z.array(z.string()) }), ...problemsOf(413, 415) },
        },
      },
      async (request) => {
        const { user } = personOf(request);
        const { code } = request.body;
        const begun = await tries.begin({ person: user, address: addressOf(request) });
        const codes = await database.transaction({ user }, (queries) =>
          confirmFactor(queries, secrets, { user, code, now: clock.now() }),
        );
        if (codes === undefined) throw wrongCode("code");
        await begun.succeeded();
        log.info("a second factor was switched on", { user });
        return { recovery_codes: [...codes] };
      },
    );
  };
}

function offRoute(context: PeopleContext): Routes {
  const { database, secrets, clock, log } = context;
  return (app) => {
    app.post(
      "/api/v1/totp/off",
      {
        config: { needs: "person" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Switches the second factor off, with the password and a code of it",
          tags,
          body: z.strictObject({ password: shownPasswordSchema, code: codeSchema }),
          response: { 204: nothing, ...problemsOf(409, 413, 415) },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const { password, code } = request.body;
        await provePassword(context, request, password, async () => {
          const isRight = await database.transaction({ user }, async (queries) => {
            if (!(await hasFactor(queries, user))) throw new Problem(409, "There is no second factor.");
            if (!(await takeCode(queries, secrets, { user, code, now: clock.now() }))) return false;
            await removeFactor(queries, user);
            return true;
          });
          if (!isRight) throw wrongCode("code");
        });
        log.info("a second factor was switched off", { user });
        return reply.code(204).send();
      },
    );
  };
}
