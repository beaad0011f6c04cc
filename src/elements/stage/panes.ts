import type { Point } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';

/** Layers that are drawn and faded as one. */
export interface StageGroup {
  /** Bottom first; those that are not visible are left out. */
  readonly layers: readonly Layer[];
  /** Of the group as a whole, 0 to 1. Default: 1. */
  readonly opacity?: number;
  /** Draws only this side of the divider. Default: everywhere. */
  readonly side?: 'first' | 'second';
}

/** What one pane of the stage shows. */
export interface StagePane {
  /** Of this pane, in events and for the camera. */
  readonly id: string;
  /** What it shows, in words. */
  readonly name: string;
  /** Bottom first. */
  readonly groups: readonly StageGroup[];
  /** Over the images, in order. */
  readonly marks?: readonly StageMark[];
}

/** A divider across a pane. */
export interface StageSplit {
  /** Share of the width, or of the height, that the first side has: 0 to 1. */
  readonly at: number;
  /** Upright: first is left, second right. Else first is above, second below. */
  readonly upright: boolean;
}

/** What is drawn over the images of a pane, in world coordinates: always as large on the screen. */
export type StageMark =
  /** A closed outline. */
  | { readonly kind: 'outline'; readonly points: readonly Point[] }
  /** A cross whose middle is free. */
  | { readonly kind: 'cross'; readonly at: Point }
  /** An arrow from one place to another, with a few words at its end. */
  | {
      readonly kind: 'arrow';
      readonly from: Point;
      readonly to: Point;
      readonly words?: string;
    }
  /** A numbered point, or a handle, that can be dragged and, when it has the focus, moved by arrows. */
  | {
      readonly kind: 'point';
      readonly id: string;
      readonly at: Point;
      /** In the point, one to three characters; none for a handle. */
      readonly words?: string;
      /** What it is, for screen readers. */
      readonly label: string;
      readonly shape: 'round' | 'square' | 'turn';
      readonly selected?: boolean;
    };

/** The pointer passed over a place of a pane (null: left it), or pressed it without moving the image. */
export class StagePointEvent extends Event {
  constructor(
    readonly pane: string,
    readonly world: Point | null,
    readonly pressed: boolean,
  ) {
    super('unmixing-stage-point');
  }
}

/**
 * A point was taken hold of (`start`), moved, let go (`end`), or moved by one press of an arrow (`step`); `remove` and
 * `select` are Delete and Enter (or a press without a move).
 */
export class StageMarkEvent extends Event {
  constructor(
    readonly pane: string,
    readonly mark: string,
    readonly what: 'start' | 'move' | 'end' | 'step' | 'remove' | 'select',
    /** Where it shall be now. */
    readonly world: Point,
  ) {
    super('unmixing-stage-mark');
  }
}

/** The user moved the divider: where it shall be. */
export class StageSplitEvent extends Event {
  constructor(readonly at: number) {
    super('unmixing-stage-split');
  }
}

/** The user closed the stage. */
export class StageCloseEvent extends Event {
  constructor() {
    super('unmixing-stage-close');
  }
}

declare global {
  interface HTMLElementEventMap {
    'unmixing-stage-point': StagePointEvent;
    'unmixing-stage-mark': StageMarkEvent;
    'unmixing-stage-split': StageSplitEvent;
    'unmixing-stage-close': StageCloseEvent;
  }
}
