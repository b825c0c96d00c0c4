import { z } from "zod";
import { problemsOf } from "./problems.ts";
import type { Routes } from "./web.ts";

/** The documentation of the API, for programs. */
export const openApiRoutes: Routes = (app) => {
  app.get(
    "/api/v1/openapi.json",
    {
      config: { needs: "nobody" },
      schema: {
        summary: "This document",
        response: { 200: z.looseObject({ openapi: z.string() }), ...problemsOf() },
      },
    },
    async () => app.swagger() as { openapi: string },
  );
};
