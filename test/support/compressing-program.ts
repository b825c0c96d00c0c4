/** Compresses the files of the device's folder that it is given, and is killed in its n-th change of the disk. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { compressFile, deviceFiles } from "@heatloop/ha-addon/archive/compress-days";

const [folder = "", lastChange = ""] = process.argv.slice(2);
let changes = 0;

for (const name of ["openSync", "writeFileSync", "fsyncSync", "closeSync", "renameSync", "rmSync"] as const) {
  const real = fs[name] as (...of: unknown[]) => unknown;
  Object.assign(fs, {
    [name](target: unknown, ...rest: unknown[]) {
      changes += 1;
      if (changes === Number(lastChange)) {
        const [content] = rest;
        if (content instanceof Uint8Array) real(target, content.subarray(0, content.length / 2));
        process.kill(process.pid, "SIGKILL");
      }
      return real(target, ...rest);
    },
  });
}
syncBuiltinESMExports();

for (const file of deviceFiles(folder)) if (file.name.packing === undefined) compressFile(file);
