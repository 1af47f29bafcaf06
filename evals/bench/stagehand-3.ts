import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { answered, type Choose, type Recorded, type Stagehand } from './stagehand.ts';

interface Page {
  goto(url: string): Promise<unknown>;
  snapshot(): Promise<{ formattedTree: string }>;
}
interface Client {
  init(): Promise<void>;
  context: { pages(): Page[] };
  observe(sentence: string): Promise<Recorded[]>;
  act(what: string | Recorded): Promise<{ success: boolean }>;
  close(): Promise<void>;
}
interface Completion {
  options: { messages: { content: string | { text?: string }[] }[]; response_model?: { schema: z.ZodObject } };
}
interface Package {
  Stagehand: new (options: object) => Client;
  LLMClient: new (model: string) => object;
}

/** Version 3, which drives the browser itself: the model is an object of a class that it exports. */
export async function openStagehand3(home: string, executablePath: string, choose: Choose): Promise<Omit<Stagehand, 'version'>> {
  const { Stagehand, LLMClient } = (await import(pathToFileURL(join(home, 'dist/esm/index.js')).href)) as Package;
  const asked: string[] = [];
  class Double extends LLMClient {
    readonly type = 'openai';
    readonly hasVision = false;
    readonly clientOptions = {};
    async createChatCompletion({ options }: Completion): Promise<object> {
      const told = options.messages.map(({ content }) =>
        typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\n'),
      );
      const schema = options.response_model?.schema ?? z.object({});
      asked.push([...told, JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }))].join('\n'));
      return {
        data: answered(schema.shape, choose(told.at(-1) ?? '')),
        usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      };
    }
  }
  const client = new Stagehand({
    env: 'LOCAL',
    llmClient: new Double('openai/double'),
    verbose: 0,
    disablePino: true,
    logger: () => undefined,
    localBrowserLaunchOptions: {
      executablePath,
      headless: true,
      viewport: { width: 1280, height: 720 },
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  });
  await client.init();
  const page = client.context.pages()[0]!;
  return {
    asked,
    go: async (url) => void (await page.goto(url)),
    snapshot: async () => (await page.snapshot()).formattedTree,
    observe: (sentence) => client.observe(sentence),
    act: async (what) => (await client.act(what)).success,
    close: () => client.close(),
  };
}
