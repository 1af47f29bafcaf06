import { type Status, STATUSES } from '../../core/decide.ts';
import { html, type Markup } from './markup.ts';

/** One earlier run. */
export interface TrendPoint {
  run: string;
  startedAt: string;
  counts: Partial<Record<Status, number>>;
}

const HEIGHT = 36;

/** The last runs as small columns, red parts at the top; the newest at the right. */
export function trendChart(points: readonly TrendPoint[]): Markup {
  const most = Math.max(1, ...points.map(total));
  const step = 100 / Math.max(points.length, 12);
  const columns = points.map((point, index) => {
    let y = HEIGHT;
    const parts = STATUSES.map((status) => {
      const height = ((point.counts[status] ?? 0) / most) * HEIGHT;
      y -= height;
      return (
        height > 0 &&
        html`<rect class="${status}" x="${(index * step + step * 0.1).toFixed(2)}%" y="${y.toFixed(1)}" width="${(step * 0.8).toFixed(2)}%" height="${height.toFixed(1)}"/>`
      );
    });
    return html`<g><title>${point.startedAt.slice(0, 16).replace('T', ' ')}: ${sayCounts(point)}</title>${parts}</g>`;
  });
  return html`<svg class="trend" width="100%" height="${HEIGHT}" role="img" aria-label="${points.length} runs; the newest: ${points.length > 0 ? sayCounts(points.at(-1)!) : 'none'}">${columns}</svg>`;
}

const total = (point: TrendPoint): number => Object.values(point.counts).reduce((sum, count) => sum + count, 0);

const sayCounts = ({ counts }: TrendPoint): string =>
  STATUSES.filter((status) => counts[status])
    .map((status) => `${counts[status]} ${status}`)
    .join(', ');
