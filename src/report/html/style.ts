import { BASE } from './style/base.ts';
import { INTENT } from './style/intent.ts';
import { OVERVIEW } from './style/overview.ts';
import { TIMELINE } from './style/timeline.ts';

/** The report's one style sheet. */
export const STYLE = [BASE, OVERVIEW, INTENT, TIMELINE].join('\n');
