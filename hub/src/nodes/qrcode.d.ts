/** What we use of `qrcode` 1.5, which brings no types. */
declare module "qrcode" {
  /** The QR code of a text, as an SVG picture. */
  // biome-ignore lint/suspicious/noShadowRestrictedNames: so it is named there
  export function toString(
    text: string,
    options: { readonly type: "svg"; readonly errorCorrectionLevel?: "L" | "M" | "Q" | "H" },
  ): Promise<string>;
}
