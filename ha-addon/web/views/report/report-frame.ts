import { html } from "lit";

/**
 * A report inside the page: no script runs in it and the page's policy holds for it too. It is as tall as its content,
 * so there is one scroll bar and not two.
 */
export function reportFrame(report: string, title: string) {
  return html`<iframe
    title=${title}
    sandbox="allow-same-origin allow-modals"
    .srcdoc=${report}
    @load=${(event: Event) => fitHeight(event.target as HTMLIFrameElement)}
  ></iframe>`;
}

/** Prints the report alone. */
export function printFrame(frame: HTMLIFrameElement | null): void {
  frame?.contentWindow?.focus();
  frame?.contentWindow?.print();
}

/** Follows the height of its content, which is another one in a narrower window; ends with the content. */
function fitHeight(frame: HTMLIFrameElement): void {
  const body = frame.contentDocument?.body;
  if (body === undefined || body === null) return;
  const fit = () => {
    frame.style.height = `${Math.ceil(body.getBoundingClientRect().height)}px`;
  };
  fit();
  new ResizeObserver(fit).observe(body);
}
