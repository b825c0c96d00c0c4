import type { CurveTexts } from "./english.ts";

export const spanish: CurveTexts = {
  used: "Usada",
  in_use: "Curva ajustada",
  needed: "Necesaria para la casa",
  suggested: "Propuesta",
  advice: "Curva climática propuesta: impulsión a {coldFlow} con {cold} en el exterior y a {warmFlow} con {warm}.",
  lower: "De media, la impulsión podría estar {difference} más fría.",
  lower_share:
    "De media, la impulsión podría estar {difference} más fría: aproximadamente un {share} menos de electricidad para calefacción.",
  fits: "La impulsión ya está cerca de la curva propuesta.",
  higher:
    "De media, la impulsión está {difference} más fría de lo que la casa parece necesitar. Si todas las habitaciones están bien, déjala así.",
  carefully: "Baja uno o dos grados cada vez y comprueba unos días que todas las habitaciones siguen calientes.",
  at_controller: "La curva de la bomba de calor se ajusta en su controlador; desde aquí no se puede cambiar.",
  limits: "El control autoadaptativo elige la impulsión dentro de estos límites.",
  limit_max: "Impulsión máxima",
  limit_min: "Impulsión mínima",
  too_few_days: "Aún no se sabe lo que necesita la casa: hacen falta diez días de calefacción.",
  too_little_cold: "Aún no se sabe lo que necesita la casa: todos los días fueron más o menos igual de fríos.",
  no_relation: "No se sabe lo que necesita la casa: los días más fríos no consume más calor.",
  no_steady_heating: "No se sabe lo que necesita la casa: el agua nunca circula más de una hora seguida.",
  assumed: "Supuestos: {list}.",
  exponent: "radiadores",
  room_temperature: "habitaciones a {room}",
  coldest_seen: "no hará más frío que hasta ahora",
  beyond_seen: "con más frío que hasta ahora la demanda sigue creciendo igual",
  zones_together: "ambas zonas necesitan la misma impulsión",
  share_of_carnot: "la bomba de calor funciona igual de bien con una impulsión más fría",
};
