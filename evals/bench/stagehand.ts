/** What Stagehand wrote down of a look, to be carried out again without a model. */
export interface Recorded {
  selector: string;
  description: string;
}

/** Stagehand, as it is installed in a folder of its own, with a double in the place of its model. */
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

/** What a model is asked for, and the answer of the double in the shape that Stagehand wants. */
export function answered(schema: object, elementId: string | undefined): object {
  const chosen = elementId === undefined ? undefined : { elementId, description: 'as the sentence says', method: 'click', arguments: [] };
  return 'elements' in schema ? { elements: chosen ? [chosen] : [] } : { action: chosen ?? null, twoStep: false };
}
