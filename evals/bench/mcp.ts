import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Playwright MCP, as it is installed in a folder of its own: what its agent is shown of a page. */
export interface Mcp {
  version: string;
  /** The tools as they are described to a model, with every request. */
  tools: string;
  go(url: string): Promise<void>;
  /** The text that its `browser_snapshot` answers with, heading and all. */
  snapshot(): Promise<string>;
  /** Presses an element of the last snapshot, `e12`. Tells whether the tool says that it was pressed. */
  click(ref: string): Promise<boolean>;
  close(): void;
}

interface Result {
  tools?: object[];
  content?: { text?: string }[];
  isError?: boolean;
}

interface Answer {
  result?: Result;
  error?: { message: string };
}

/** Speaks JSON-RPC with `@playwright/mcp` over its standard streams. */
export async function openMcp(folder: string, executable: string): Promise<Mcp> {
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    [join(folder, 'node_modules/@playwright/mcp/cli.js'), '--headless', '--isolated', '--no-sandbox', '--executable-path', executable],
    { cwd: folder },
  );
  const waiting = new Map<number, (answer: Answer) => void>();
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = JSON.parse(line) as Answer & { id: number };
      waiting.get(answer.id)?.(answer);
    }
  });
  let asked = 0;
  const send = (body: object): void => void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`);
  const call = async (method: string, params: object): Promise<Result> => {
    const id = ++asked;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      send({ id, method, params });
    });
    if (answer.error) throw new Error(answer.error.message);
    return answer.result ?? {};
  };
  await call('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } });
  send({ method: 'notifications/initialized' });
  const tools = JSON.stringify((await call('tools/list', {})).tools);
  const tool = (name: string, parameters: object): Promise<Result> => call('tools/call', { name, arguments: parameters });
  const { version } = JSON.parse(await readFile(join(folder, 'node_modules/@playwright/mcp/package.json'), 'utf8')) as { version: string };
  return {
    version,
    tools,
    go: async (url) => void (await tool('browser_navigate', { url })),
    snapshot: async () => ((await tool('browser_snapshot', {})).content ?? []).map(({ text }) => text ?? '').join('\n'),
    click: async (target) => (await tool('browser_click', { element: 'as the sentence says', target })).isError !== true,
    close: () => void child.kill(),
  };
}
