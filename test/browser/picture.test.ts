import { describe, expect, it } from 'vitest';
import type { Outline } from '../../src/core/action.ts';
import type { Picture } from '../../src/browser/picture.ts';
import { stage, type Handler } from './stage.ts';

const at = stage();
const field = (name: string): string =>
  `<input aria-label=${name} style="position:fixed;left:100px;top:200px;width:600px;height:100px;font:80px monospace">`;

/** Colour of a picture at a point of the page, as Chromium decodes it. */
async function colourAt(picture: Picture | undefined, x: number, y: number): Promise<[number, number, number]> {
  expect(picture).toBeDefined();
  const file: Handler = (_, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture!.jpeg);
  const script = `const image=new Image();image.onload=()=>{const c=document.createElement('canvas');c.width=image.width;c.height=image.height;const d=c.getContext('2d');d.drawImage(image,0,0);document.body.append(Object.assign(document.createElement('h1'),{textContent:'rgb '+[...d.getImageData(${x}*image.width/1280,${y}*image.height/720,1,1).data].join(' ')}))};image.src='/p.jpg'`;
  const reader = await at.open({ '/': `<body><script>${script}</script>`, '/p.jpg': file });
  for (;;) {
    const told = /rgb (\d+) (\d+) (\d+)/.exec(JSON.stringify(reader.seen));
    if (told) return [Number(told[1]), Number(told[2]), Number(told[3])];
    await reader.look();
  }
}

const looksLike = async (picture: Picture | undefined, [x, y]: [number, number], colour: [number, number, number]): Promise<void> => {
  const seen = await colourAt(picture, x, y);
  expect(
    seen.map((part, index) => Math.abs(part - colour[index]!) < 24),
    `${seen.join(' ')} is not ${colour.join(' ')}`,
  ).toEqual([true, true, true]);
};

describe('a picture of an action', () => {
  it('shows the page before it, and where the target stands', async () => {
    const actor = await at.open(
      '<body style="background:#fff"><button style="position:fixed;left:300px;top:400px;width:200px;height:50px" onclick="document.body.style.background=\'#f00\'">Go</button>',
    );
    const picture = await actor.pictured({ kind: 'click', target: actor.find('Go').id });
    await looksLike(picture, [900, 100], [255, 255, 255]);
    expect(picture!.outline).toEqual({ box: [300, 400, 200, 50], view: [1280, 720] } satisfies Outline);
    await looksLike(await actor.session.picture(), [900, 100], [255, 0, 0]);
  });

  it('shows the page that came after another, not that one', async () => {
    const actor = await at.open({
      '/': '<body style="background:#0f0"><a href=/b>On</a>',
      '/b': '<body style="background:#00f"><button style="position:fixed;left:300px;top:400px" onclick="document.body.style.background=\'#f00\'">Go</button>',
    });
    await actor.click('On');
    await looksLike(await actor.pictured({ kind: 'click', target: actor.find('Go').id }), [900, 100], [0, 0, 255]);
  });

  it('shows what changed by itself after the last action', async () => {
    const pushes: (() => void)[] = [];
    const events: Handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
      pushes.push(() => void response.write('data: 1\n\n'));
    };
    const actor = await at.open({
      '/': `<body style="background:#fff"><button>One</button><button>Two</button><p></p><script>new EventSource('/events').onmessage=()=>{document.body.style.background='#0f0';document.querySelector('p').textContent='Green'}</script>`,
      '/events': events,
    });
    await actor.pictured({ kind: 'click', target: actor.find('One').id });
    await actor.session.picture();
    pushes.forEach((push) => push());
    while (!actor.text().includes('Green')) await actor.look();
    await looksLike(await actor.pictured({ kind: 'click', target: actor.find('Two').id }), [900, 400], [0, 255, 0]);
  });

  it('shows one action done at once after another between what they do', async () => {
    const actor = await at.open(
      '<body style="background:#fff"><button onclick="document.body.style.background=\'#f00\'">One</button><button style="position:fixed;left:300px;top:400px;width:200px;height:50px" onclick="document.body.style.background=\'#00f\'">Two</button>',
    );
    await actor.pictured({ kind: 'click', target: actor.find('One').id });
    const picture = await actor.pictured({ kind: 'click', target: actor.find('Two').id });
    await looksLike(picture, [900, 100], [255, 0, 0]);
    expect(picture!.outline).toEqual({ box: [300, 400, 200, 50], view: [1280, 720] } satisfies Outline);
  });

  it('shows a target that was scrolled to where it is then', async () => {
    const actor = await at.open(
      '<body style="background:#fff;height:4000px"><button style="position:absolute;left:300px;top:3000px;width:200px;height:50px;background:#0f0;border:0">Far</button>',
    );
    const picture = await actor.pictured({ kind: 'click', target: actor.find('Far').id });
    const [left, top, width, height] = picture!.outline!.box;
    await looksLike(picture, [left + width - 10, top + height - 8], [0, 255, 0]);
  });

  it('shows nothing of a secret that was typed where it can be read', async () => {
    const actor = await at.open(
      `<body style="background:#fff">${field('Key')}<button style="position:fixed;left:300px;top:500px" onclick="document.body.style.background='#f00'">Go</button>`,
    );
    actor.valueOf = (ref) => (ref.from === 'secret' ? '▉▉▉▉▉▉▉▉▉▉▉▉' : '');
    await looksLike(
      await actor.pictured({ kind: 'fill', target: actor.find('Key').id, value: { from: 'secret', name: 'KEY' } }),
      [400, 250],
      [255, 255, 255],
    );
    await looksLike(await actor.pictured({ kind: 'click', target: actor.find('Go').id }), [400, 250], [255, 255, 255]);
    const open = await at.open(`<body style="background:#fff">${field('Key')}`);
    await open.fill('Key', '▉▉▉▉▉▉▉▉▉▉▉▉');
    await looksLike(await open.session.picture(), [400, 250], [0, 0, 0]);
  });
});

it('leaves nothing in the page that it could notice', async () => {
  const actor = await at.open(
    `<button>Go</button><b id=n>0</b><script>new MutationObserver(()=>n.textContent='touched').observe(document,{attributes:true,subtree:true})</script>`,
  );
  await actor.pictured({ kind: 'click', target: actor.find('Go').id });
  expect(actor.text()).not.toContain('touched');
});
