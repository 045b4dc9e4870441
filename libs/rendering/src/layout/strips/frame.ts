import type { TypeScale } from '../../theme/type-scale.ts';

/** Where blocks are drawn: a left edge, a width and the sizes of type. */
export interface Frame {
  readonly x: number;
  readonly width: number;
  readonly scale: TypeScale;
  /** Height of an empty page. */
  readonly pageHeight: number;
}

export const inset = (frame: Frame, left: number, width = frame.width - left): Frame => ({
  ...frame,
  x: frame.x + left,
  width,
});
