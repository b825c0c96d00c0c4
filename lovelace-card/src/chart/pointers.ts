/** What fingers, mouse and wheel on a chart mean. */
export type Pointers = {
  readonly down: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
  readonly leave: (event: PointerEvent) => void;
  readonly wheel: (event: WheelEvent) => void;
  readonly doubleClick: () => void;
  forget(): void;
};

type Acts = {
  /** Points at an x in px from the chart's left, or no longer at it. */
  readonly hover: (x: number | undefined) => void;
  /** Goes so many px later. */
  readonly pan: (by: number) => void;
  readonly zoom: (factor: number, x: number) => void;
  readonly home: () => void;
};

/**
 * A mouse reads where it hovers and pans where it drags; one finger reads, two zoom and pan. The wheel alone is the
 * page's: with ctrl (which is also how a touchpad's pinch comes) it zooms, sideways or with shift it pans.
 */
export function startPointers({ hover, pan, zoom, home }: Acts): Pointers {
  const held = new Map<number, number>();
  const xOf = (event: MouseEvent) => event.clientX - (event.currentTarget as HTMLElement).getBoundingClientRect().left;

  function move(event: PointerEvent): void {
    const x = xOf(event);
    const before = held.get(event.pointerId);
    if (before === undefined) {
      hover(x);
      return;
    }
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, x);
    if (other !== undefined) {
      hover(undefined);
      zoom(Math.max(16, Math.abs(before - other)) / Math.max(16, Math.abs(x - other)), (x + other) / 2);
      pan((before - x) / 2);
    } else if (event.pointerType === "mouse") {
      (event.currentTarget as HTMLElement).classList.add("held");
      hover(undefined);
      pan(before - x);
    } else hover(x);
  }

  function up(event: PointerEvent): void {
    held.delete(event.pointerId);
    (event.currentTarget as HTMLElement).classList.remove("held");
    if (event.type === "pointercancel") hover(undefined);
  }

  return {
    move,
    up,
    down(event) {
      if (event.button !== 0) return;
      held.set(event.pointerId, xOf(event));
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      if (event.pointerType !== "mouse") hover(xOf(event));
    },
    leave(event) {
      if (event.pointerType === "mouse" && !held.has(event.pointerId)) hover(undefined);
    },
    wheel(event) {
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!sideways && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      // A line is 16 px.
      const unit = event.deltaMode === 0 ? 1 : 16;
      if (event.ctrlKey || event.metaKey)
        zoom(Math.exp(Math.max(-100, Math.min(100, event.deltaY * unit)) / 150), xOf(event));
      else pan((event.deltaX || event.deltaY) * unit);
    },
    doubleClick: home,
    forget: () => held.clear(),
  };
}
