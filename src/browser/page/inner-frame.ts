import { cut } from './dom.ts';
import type { InnerFrame } from './frame-look.ts';
import { nameOf } from './names.ts';
import { numberOf } from './registry.ts';
import type { Scope } from './scope.ts';

/** A frame that can be seen; undefined for those that only carry scripts. */
export function innerFrame(frame: HTMLIFrameElement, scope: Scope): InnerFrame | undefined {
  const box = frame.getBoundingClientRect();
  if (box.width < 2 || box.height < 2) return undefined;
  const { x, y } = contentPoint(frame, 0, 0);
  return {
    number: numberOf(frame),
    name: cut(nameOf(frame) || frame.name || frame.id, 60),
    x,
    y,
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    ...(scope.dialog === undefined ? {} : { dialog: scope.dialog }),
    ...(scope.landmark === undefined ? {} : { landmark: scope.landmark }),
  };
}

/** A point of a frame's content in the viewport around it: past border and padding, as large as it is shown. */
export function contentPoint(frame: HTMLIFrameElement, x: number, y: number): { x: number; y: number } {
  const box = frame.getBoundingClientRect();
  const scale = frame.offsetWidth > 0 ? box.width / frame.offsetWidth : 1;
  const style = getComputedStyle(frame);
  return {
    x: box.left + (frame.clientLeft + Number.parseFloat(style.paddingLeft) + x) * scale,
    y: box.top + (frame.clientTop + Number.parseFloat(style.paddingTop) + y) * scale,
  };
}
