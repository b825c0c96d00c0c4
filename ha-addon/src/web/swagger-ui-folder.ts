import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where the files of Swagger UI are: beside the bundle in the app's image, in the package where the sources run. */
export function swaggerUiFolder(programFolder: string): string {
  const bundled = join(programFolder, "swagger-ui");
  if (existsSync(bundled)) return bundled;
  const require = createRequire(join(programFolder, "main.js"));
  return join(dirname(require.resolve("@fastify/swagger-ui/package.json")), "static");
}
