import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';

/** Playwright MCP, as it is installed in a folder of its own: what its agent is shown of a page. */
export interface Mcp {
  go(url: string): Promise<void>;
  /** The text that its `browser_snapshot` answers with, heading and all. */
  snapshot(): Promise<string>;
  close(): void;
}

interface Answer {
  result?: { content?: { text?: string }[] };
  error?: { message: string };
}

/** Speaks JSON-RPC with `@playwright/mcp` over its standard streams. */
export async function openMcp(folder: string, executable: string): Promise<Mcp> {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [join(folder, 'node_modules/@playwright/mcp/cli.js'), '--headless', '--isolated', '--no-sandbox', '--executable-path', executable], { cwd: folder });
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
  const call = async (method: string, params: object): Promise<string> => {
    const id = ++asked;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      send({ id, method, params });
    });
    if (answer.error) throw new Error(answer.error.message);
    return (answer.result?.content ?? []).map(({ text }) => text ?? '').join('\n');
  };
  await call('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } });
  send({ method: 'notifications/initialized' });
  const tool = (name: string, parameters: object): Promise<string> => call('tools/call', { name, arguments: parameters });
  return { go: async (url) => void (await tool('browser_navigate', { url })), snapshot: () => tool('browser_snapshot', {}), close: () => void child.kill() };
}
