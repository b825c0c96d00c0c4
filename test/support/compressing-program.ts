/** Compresses the files of a device's folder again and again until it is killed; prints a line when it begins. */
import { compressFile, deviceFiles } from "@heatloop/ha-addon/archive/compress-days";

const [folder = ""] = process.argv.slice(2);
process.stdout.write("begun\n");
for (const file of deviceFiles(folder)) if (file.name.packing === undefined) compressFile(file);
process.stdout.write("done\n");
