import { rollup } from "rollup";
import config from "../../../lovelace-card/rollup.config.ts";

/** The card as it is delivered: one ES module. Throws where the build warns or makes more than one file. */
export async function builtCard(): Promise<string> {
  const warnings: string[] = [];
  const bundle = await rollup({ ...config, onwarn: ({ message }) => warnings.push(message) });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  if (warnings.length > 0) throw new Error(`the build warns: ${warnings.join("; ")}`);
  if (output.length !== 1) throw new Error(`the build makes ${output.length} files`);
  return output[0].code;
}
