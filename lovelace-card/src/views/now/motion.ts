import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { LitElement } from "lit";

/** How long a step of the picture lasts; chosen: each is a frame that the browser has to make. */
const stepMs = 350;
/** After so many steps the fan, whose blades are 120° apart, and the drops, 16 apart, look as at first. */
const stepsAround = 4;

/** Told at each drawing whether there is anything to move. */
export type Motion = (clock: Clock, isMoving: boolean) => void;

/**
 * Moves what carries `data-step` in an element, a transform with a hole for how far around it is, 0 to 1: by steps of its own, for an animation of the browser draws each frame of the screen: 16 %
 * of a core against 1.5 %. It stands still while nobody sees it, or who looks has asked for less motion.
 */
export function elementMotion(element: LitElement): Motion {
  const less = matchMedia("(prefers-reduced-motion: reduce)");
  let wanted: Clock | undefined;
  let isInView = false;
  let stopSteps: Stop | undefined;
  let step = 0;

  function move(): void {
    step = (step + 1) % stepsAround;
    for (const each of element.renderRoot.querySelectorAll<SVGElement>("[data-step]")) {
      each.style.transform = (each.dataset.step ?? "").replace("{}", String(step / stepsAround));
    }
  }

  function follow(): void {
    const isSeen = isInView && document.visibilityState !== "hidden" && !less.matches;
    if (wanted !== undefined && isSeen) {
      stopSteps ??= wanted.every(stepMs, move);
      return;
    }
    stopSteps?.();
    stopSteps = undefined;
  }

  const observer = new IntersectionObserver((entries) => {
    isInView = entries.at(-1)?.isIntersecting ?? false;
    follow();
  });
  element.addController({
    hostConnected() {
      observer.observe(element);
      document.addEventListener("visibilitychange", follow);
      less.addEventListener("change", follow);
    },
    hostDisconnected() {
      observer.disconnect();
      document.removeEventListener("visibilitychange", follow);
      less.removeEventListener("change", follow);
      isInView = false;
      follow();
    },
  });
  return (clock, isMoving) => {
    wanted = isMoving ? clock : undefined;
    follow();
  };
}
