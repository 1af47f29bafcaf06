import { SourceMap } from 'node:module';
import type { BrowserContext, Page } from 'playwright';
import type { Fence } from './fence.ts';

type Entry = Awaited<ReturnType<Page['coverage']['stopJSCoverage']>>[number];

/** A script whose map is larger than this tells its own address only. */
const MOST_MAP = 32 * 1024 * 1024;
const MAP_MS = 5000;

/** Which source files of the front end ran: the browser's own coverage, brought back through source maps where there are any. */
export class SourceCoverage {
  readonly #context: BrowserContext;
  readonly #fence: Fence;
  readonly #pages: Page[] = [];

  constructor(context: BrowserContext, fence: Fence) {
    this.#context = context;
    this.#fence = fence;
  }

  /** From now on this page is watched, across its documents. */
  async watch(page: Page): Promise<void> {
    const watched = await page.coverage.startJSCoverage({ resetOnNavigation: false }).then(
      () => true,
      () => false,
    );
    if (watched) this.#pages.push(page);
  }

  /** Source files that ran, as the maps call them, or the paths of scripts without a map. Of pages that are still open. */
  async files(): Promise<string[]> {
    const files = new Set<string>();
    for (const page of this.#pages) {
      const entries = page.isClosed() ? [] : await page.coverage.stopJSCoverage().catch(() => []);
      for (const entry of entries) {
        if (!this.#fence.owns(entry.url)) continue;
        for (const file of await this.#sourcesOf(entry).catch(() => [])) files.add(file);
      }
    }
    return [...files];
  }

  async #sourcesOf(entry: Entry): Promise<string[]> {
    const ran = ranges(entry);
    if (ran.length === 0) return [];
    const map = await this.#mapOf(entry);
    if (!map) return [new URL(entry.url).pathname.replace(/^\//, '')];
    return [
      ...new Set(
        startsOf(entry.source ?? '', ran).flatMap(({ line, column }) => {
          const found = map.findEntry(line, column);
          return 'originalSource' in found &&
            typeof found.originalSource === 'string' &&
            !/node_modules|webpack\/(?:runtime|bootstrap)|^\0|vite\//.test(found.originalSource)
            ? [found.originalSource]
            : [];
        }),
      ),
    ];
  }

  async #mapOf({ url, source = '' }: Entry): Promise<SourceMap | undefined> {
    const named = [...source.matchAll(/\/[/*][#@]\s*sourceMappingURL=([^\s'"*]+)/g)].at(-1)?.[1];
    if (named === undefined) return undefined;
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(named);
    const text = inline
      ? inline[1]
        ? Buffer.from(inline[2]!, 'base64').toString('utf8')
        : decodeURIComponent(inline[2]!)
      : await this.#fetch(new URL(named, url).href);
    if (text === undefined || text.length > MOST_MAP) return undefined;
    return new SourceMap(JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, '')) as ConstructorParameters<typeof SourceMap>[0]);
  }

  async #fetch(url: string): Promise<string | undefined> {
    if (!this.#fence.owns(url)) return undefined;
    const answer = await this.#context.request.get(url, { timeout: MAP_MS, maxRedirects: 0 });
    return answer.ok() ? answer.text() : undefined;
  }
}

/** Offsets at which a function that ran begins. A script's outermost function runs in every case: it tells only of scripts without others. */
function ranges({ functions }: Entry): number[] {
  const starts = functions
    .filter(({ ranges: [whole] }) => (whole?.count ?? 0) > 0)
    .map(({ ranges: [whole], functionName }) => ({ start: whole!.startOffset, named: functionName !== '' || whole!.startOffset > 0 }));
  const inner = starts.filter(({ named }) => named);
  return (inner.length > 0 ? inner : starts).map(({ start }) => start);
}

/** Offsets as lines and columns, both from 0. */
function startsOf(source: string, offsets: readonly number[]): { line: number; column: number }[] {
  const ordered = [...new Set(offsets)].toSorted((a, b) => a - b);
  const found: { line: number; column: number }[] = [];
  let line = 0;
  let lineStart = 0;
  let next = source.indexOf('\n');
  for (const offset of ordered) {
    while (next !== -1 && next < offset) {
      line += 1;
      lineStart = next + 1;
      next = source.indexOf('\n', lineStart);
    }
    found.push({ line, column: offset - lineStart });
  }
  return found;
}
