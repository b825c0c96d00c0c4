/** A DOM element; text children are text, whatever they hold: nothing is ever read as HTML. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** A table that scrolls sideways where the screen is narrow. */
export function table(caption, headings, ...groups) {
  const head = element(
    "thead",
    {},
    element("tr", {}, ...headings.map((text) => (text === "" ? element("td") : element("th", { scope: "col" }, text)))),
  );
  const whole = element("table", {}, element("caption", { class: "hidden" }, caption), head, ...groups);
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, whole);
}
