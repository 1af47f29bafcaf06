import type { Candidate, Repeat } from '../../core/observation.ts';
import type { RawNotice } from './notices.ts';
import type { RawPassage } from './text.ts';

export interface LookOptions {
  /** Lower-case words whose rows are opened. */
  focus: string[];
  words: string[];
  maxCandidates: number;
  maxPassages: number;
  /** ms */
  budget: number;
}

/** What one frame shows. Numbers are the frame's own. */
export interface FrameLook {
  title: string;
  candidates: Candidate[];
  notices: RawNotice[];
  passages: RawPassage[];
  repeats: Repeat[];
  /** Rows with controls that cannot be seen. */
  veiled: string[];
  dialog?: string;
  cut: string[];
  frames: InnerFrame[];
  /** False while the document is still being parsed. */
  ready: boolean;
}

/** A frame that can be seen in a frame, and where its content begins in the viewport around it. */
export interface InnerFrame {
  number: number;
  name: string;
  x: number;
  y: number;
  inView: boolean;
  dialog?: string;
  landmark?: string;
}
