import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

export interface Episode {
  sentence: string;
  /** Raw reward; undefined while the episode runs. */
  reward?: number;
}

/**
 * Serves the folder and runs the protocol in the page: seed, start, sentence out, reward out.
 * The agent sees none of it, and cannot see the sentence, the reward or the canvas on the page.
 */
export async function serve(folder: string): Promise<{ url: string; episode(key: string): Episode | undefined; close(): Promise<void> }> {
  const episodes = new Map<string, Episode>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const told = /^\/told\/(ready|done)$/.exec(url.pathname)?.[1];
    if (told) {
      const key = url.searchParams.get('key') ?? '';
      if (told === 'ready') episodes.set(key, { sentence: url.searchParams.get('sentence') ?? '' });
      else episodes.set(key, { ...episodes.get(key)!, reward: Number(url.searchParams.get('reward')) });
      response.writeHead(204).end();
      return;
    }
    const file = join(folder, normalize(decodeURIComponent(url.pathname)).replace(/^(?:\.\.[/\\])+/, ''));
    if (
      !file.startsWith(folder) ||
      !(await stat(file).then(
        (found) => found.isFile(),
        () => false,
      ))
    ) {
      response.writeHead(url.pathname === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response.setHeader('content-type', `${TYPES[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`);
    const seed = url.searchParams.get('seed');
    if (extname(file) === '.html' && seed !== null)
      response.end(`${await readFile(file, 'utf8')}${begin(seed, url.searchParams.get('key') ?? '')}`);
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    episode: (key) => episodes.get(key),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

const begin = (seed: string, key: string): string => `
<style>#query, #reward-display, #click-canvas, #sync-task-cover { display: none !important }</style>
<script>
window.addEventListener('load', () => {
  const tell = (what, fields) => { new Image().src = '/told/' + what + '?' + new URLSearchParams({ key: ${JSON.stringify(key)}, ...fields }); };
  const end = core.endEpisode;
  core.endEpisode(0);
  Math.seedrandom(${JSON.stringify(seed)});
  core.EPISODE_MAX_TIME = 1e6;
  core.startEpisodeReal();
  core.endEpisode = (...given) => { const over = WOB_DONE_GLOBAL; end(...given); if (WOB_DONE_GLOBAL && !over) tell('done', { reward: WOB_RAW_REWARD_GLOBAL }); };
  const ready = () => {
    if (!WOB_TASK_READY) return setTimeout(ready, 20);
    const said = core.getUtterance();
    document.getElementById('query').textContent = '';
    tell('ready', { sentence: typeof said === 'string' ? said : said.utterance });
  };
  ready();
});
</script>`;
