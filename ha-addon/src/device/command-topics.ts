/** The topics on which a heat pump takes commands: `<prefix>/<component>/<object>/command`, and those of its thermostats. */
export function commandFilters(prefix: string): readonly string[] {
  return [`${prefix}/+/+/command`, `${prefix}/climate/+/+/command`];
}
