import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answered, type Choose, type Recorded, type Stagehand } from './stagehand.ts';

interface Generate {
  messages: { content: { text: string } }[];
  systemPrompt?: string;
  responseFormat: { schema: { properties: object } };
}
interface Page {
  goto(url: string): Promise<unknown>;
  snapshot(): Promise<{ formattedTree: string }>;
}
interface Browser {
  context: { pages(): Promise<Page[]> };
  close(): Promise<void>;
}
interface Client {
  observe(sentence: string): Promise<{ data: Recorded[] }>;
  act(what: string | Recorded): Promise<{ data: { success: boolean } }>;
  close(): Promise<void>;
}
interface Package {
  localBrowser: { launch(options: object): Promise<Browser> };
  Stagehand: { create(options: object): Promise<Client> };
}

/** Version 4, an extension of the browser: the model is a function of the caller. */
export async function openStagehand4(home: string, executablePath: string, choose: Choose): Promise<Omit<Stagehand, 'version'>> {
  const { localBrowser, Stagehand } = (await import(pathToFileURL(join(home, 'dist/index.mjs')).href)) as Package;
  const asked: string[] = [];
  const generate = async ({ messages, systemPrompt = '', responseFormat }: Generate): Promise<object> => {
    const question = messages.map(({ content }) => content.text).join('\n');
    asked.push([systemPrompt, question, JSON.stringify(responseFormat.schema)].join('\n'));
    const structuredContent = answered(responseFormat.schema.properties, choose(question));
    return {
      role: 'assistant',
      outputFormat: 'json_schema',
      structuredContent,
      content: { type: 'text', text: JSON.stringify(structuredContent) },
    };
  };
  const browser = await localBrowser.launch({ executablePath, headless: true, viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
  try {
    const client = await Stagehand.create({ browser, model: { generate }, logging: { level: 'off' } });
    const page = (await browser.context.pages())[0]!;
    return {
      asked,
      go: async (url) => void (await page.goto(url)),
      snapshot: async () => (await page.snapshot()).formattedTree,
      observe: async (sentence) => (await client.observe(sentence)).data,
      act: async (what) => (await client.act(what)).data.success,
      close: async () => {
        await client.close();
        await browser.close();
      },
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
