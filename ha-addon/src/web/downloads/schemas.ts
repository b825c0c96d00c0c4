import { z } from "zod";

const bytes = z.int().nullable();

/** `GET api/devices/<id>/file-sizes`. */
export const fileSizesSchema = z.strictObject({
  minutes_csv_bytes: bytes.describe("null: not known before it is made"),
  archive_zip_bytes: bytes.describe(
    "about: a quarter of the minutes, less where values are steady; null: not known before it is made",
  ),
});

export type FileSizes = z.output<typeof fileSizesSchema>;
