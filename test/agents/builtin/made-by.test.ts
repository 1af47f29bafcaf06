import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, step, told, walk } from '../pages.ts';

/** A form for something that somebody made. */
const form = (values: Record<string, string> = {}, labels = ['Title', 'Author', 'Notes']) =>
  page({
    path: '/new',
    headings: ['Details'],
    controls: [
      ...labels.map((label) => control('textbox', label, { value: values[label] ?? '', required: label !== 'Notes' })),
      control('button', 'Save'),
    ].map((told) => ({ ...told, context: { landmark: 'main', heading: 'Details' } })),
  });

/** What is typed into the form until it is sent, or given up. */
async function filled(sentence: string, labels?: string[]): Promise<string[]> {
  const values: Record<string, string> = {};
  const walker = walk(createBuiltin(), step(sentence, { vars: { title: 'book iw1' } }));
  const lines: string[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const seen = form(values, labels);
    const decision = await walker.decide(seen);
    lines.push(told(decision));
    if (decision.kind !== 'act' || decision.action.kind !== 'fill') break;
    const { value } = decision.action;
    values[decision.target!.name] = 'text' in value ? value.text : 'book iw1';
    walker.did(decision, seen);
  }
  return lines;
}

describe('somebody whom a thing is by', () => {
  it.each([
    ['Add the book "Silver Spoon" by Ada Finch', 'Author', 'Silver Spoon'],
    ['Add the book "Silver Spoon" by "Ada Finch"', 'Author', 'Silver Spoon'],
    ['Add the song "Blue" by Ada Finch', 'Artist', 'Blue'],
    ['Create a book called ${title} by Ada Finch', 'Written by', '${title}'],
  ])('is who made it: %s', async (sentence, maker, title) => {
    expect((await filled(sentence, ['Title', maker, 'Notes'])).slice(0, 2)).toEqual([
      `fill textbox Title = ${title}`,
      `fill textbox ${maker} = Ada Finch`,
    ]);
  });
  it('is not what it is called', async () => {
    const lines = await filled('Add the book by Ada Finch', ['Title', 'Notes']);
    expect(lines.filter((line) => line.includes('Ada Finch') && line.startsWith('fill'))).toEqual([]);
  });
});
