/**
 * A device id as Home Assistant takes it in entity and statistic ids: small letters, digits and single underscores that
 * neither begin nor end the text; `heat_pump` where nothing is left.
 */
export function deviceSlug(device: string): string {
  return (
    device
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("_") ?? "heat_pump"
  );
}
