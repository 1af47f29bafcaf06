import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What Stagehand wrote down of a look, to be carried out again without a model. */
export interface Recorded {
  selector: string;
  description: string;
}

/** Stagehand 4, as it is installed in a folder of its own, with a double in the place of its model. */
export interface Stagehand {
  version: string;
  /** Everything that its model was sent, whole: rules, question, page and the schema of the answer. */
  readonly asked: string[];
  go(url: string): Promise<void>;
  /** The page as its model is told it. */
  snapshot(): Promise<string>;
  observe(sentence: string): Promise<Recorded[]>;
  /** One guided step, or a recorded one again. Tells whether Stagehand says that it was carried out. */
  act(what: string | Recorded): Promise<boolean>;
  close(): Promise<void>;
}

/** The double of a model: reads the page as it is told and names the element to press, at once. */
export type Choose = (page: string) => string | undefined;

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

/** Begins Stagehand in a whole Chromium: since version 4 it is an extension, which the headless shell cannot load. */
export async function openStagehand(folder: string, executablePath: string, choose: Choose): Promise<Stagehand> {
  const home = join(folder, 'node_modules/@browserbasehq/stagehand');
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const { localBrowser, Stagehand } = (await import(pathToFileURL(join(home, 'dist/index.mjs')).href)) as Package;
  const asked: string[] = [];
  const generate = async ({ messages, systemPrompt = '', responseFormat }: Generate): Promise<object> => {
    const question = messages.map(({ content }) => content.text).join('\n');
    asked.push([systemPrompt, question, JSON.stringify(responseFormat.schema)].join('\n'));
    const elementId = choose(question);
    const chosen = elementId === undefined ? undefined : { elementId, description: 'as the sentence says', method: 'click', arguments: [] };
    const structuredContent = 'elements' in responseFormat.schema.properties ? { elements: chosen ? [chosen] : [] } : { action: chosen ?? null, twoStep: false };
    return { role: 'assistant', outputFormat: 'json_schema', structuredContent, content: { type: 'text', text: JSON.stringify(structuredContent) } };
  };
  const browser = await localBrowser.launch({ executablePath, headless: true, viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
  try {
    const client = await Stagehand.create({ browser, model: { generate }, logging: { level: 'off' } });
    const page = (await browser.context.pages())[0]!;
    return {
      version, asked,
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
