/** A text at a point of the screen. */
export interface Label {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export type Side = 'right' | 'left' | 'above' | 'below';

const HEIGHT = 15;
const GAP = 11;
/** The radius of a mark, in pixels. */
const RADIUS = 8;

export type Box = readonly [left: number, top: number, right: number, bottom: number];

const boxOf = ({ x, y, width }: Label, side: Side): Box => {
  switch (side) {
    case 'right':
      return [x + GAP, y - HEIGHT / 2, x + GAP + width, y + HEIGHT / 2];
    case 'left':
      return [x - GAP - width, y - HEIGHT / 2, x - GAP, y + HEIGHT / 2];
    case 'above':
      return [x - width / 2, y - GAP - HEIGHT, x + width / 2, y - GAP];
    case 'below':
      return [x - width / 2, y + GAP, x + width / 2, y + GAP + HEIGHT];
  }
};

const touch = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * Gives each label a side of its point where the label is within the width and touches no mark, no earlier label and nothing `reserved`. A label that
 * fits on no side is left out.
 */
export function placed(labels: readonly Label[], width: number, reserved: readonly Box[]): Map<string, Side> {
  const marks = labels.map(({ x, y }): Box => [x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS]);
  const taken = [...reserved];
  const sides = new Map<string, Side>();
  for (const [index, label] of labels.entries()) {
    const side = (['right', 'left', 'below', 'above'] as const).find((one) => {
      const box = boxOf(label, one);
      return (
        box[0] >= 0 &&
        box[2] <= width &&
        !taken.some((other) => touch(box, other)) &&
        !marks.some((mark, n) => n !== index && touch(box, mark))
      );
    });
    if (side === undefined) continue;
    taken.push(boxOf(label, side));
    sides.set(label.id, side);
  }
  return sides;
}
