import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();

it('leaves out what nobody can see', async () => {
  const actor =
    await at.open(`<style>.gone{display:none}.inv{visibility:hidden}.clear{opacity:0}.zero{width:0;height:0;overflow:hidden}.shut{height:0;overflow:hidden}</style>
    <button class=gone>A</button><button class=inv>B</button><button class=clear>C</button><div class=zero><button>D</button></div><div class=shut><button>E</button></div>
    <div aria-hidden=true><button>F</button></div><div inert><button>G</button></div><button style="position:absolute;left:-9999px">H</button><button hidden>I</button><button>Seen</button>
    <div style="width:50px;overflow:hidden;position:relative"><button style="position:relative;left:400px">J</button></div><p class=gone>Hidden text</p><p>Shown text</p>`);
  expect(actor.names()).toEqual(['button Seen']);
  expect(actor.text()).toBe('Shown text');
});

it('sees what is visible inside something invisible', async () => {
  const actor = await at.open(
    `<div style="visibility:hidden"><button style="visibility:visible">Seen</button></div><div style="display:contents"><button>Too</button></div>`,
  );
  expect(actor.names()).toEqual(['button Seen', 'button Too']);
});

it('tells what is out of view and what is covered, and by what', async () => {
  const actor = await at.open(`<button style="position:absolute;top:3000px">Far</button><button>Under</button>
    <div role=dialog aria-label=Cookies style="position:fixed;inset:0;background:#fff8"><button>Accept</button></div>`);
  expect(actor.find('Far').inView).toBe(false);
  expect(actor.find('Under').coveredBy).toBe('dialog “Cookies”');
  expect(actor.find('Accept').coveredBy).toBeUndefined();
  expect(actor.seen.dialog).toBe('Cookies');
});

it('leaves out what stands behind a modal dialog and says how much', async () => {
  const actor = await at.open(
    `<button>Behind</button><dialog id=d><h2>Invite</h2><button>Send</button></dialog><script>d.showModal()</script>`,
  );
  expect(actor.names()).toEqual(['button Send']);
  expect(actor.find('Send').context).toMatchObject({ dialog: 'Invite', heading: 'Invite' });
  expect(actor.seen.dialog).toBe('Invite');
  expect(actor.seen.cut).toEqual(['what is behind the dialog: 1 controls']);
});

it('leaves out the covered background of an aria-modal dialog', async () => {
  const actor = await at.open(
    `<button>Behind</button><div style="position:fixed;inset:0;background:#0008"></div><div role=dialog aria-modal=true style="position:fixed;top:40px"><h2>Sure?</h2><button>Yes</button></div>`,
  );
  expect(actor.names()).toEqual(['button Yes']);
  expect(actor.seen.dialog).toBe('Sure?');
});

it('does not believe an aria-modal that covers nothing', async () => {
  const actor = await at.open(
    `<button>Usable</button><div role=dialog aria-modal=true aria-label=Tip style="position:fixed;bottom:0"><button>Got it</button></div>`,
  );
  expect(actor.names()).toEqual(['button Usable', 'button Got it']);
});

it('sees open, closed and declarative shadow trees, and what is slotted into them', async () => {
  const actor =
    await at.open(`<open-box><b slot=title>Slotted</b></open-box><closed-box></closed-box><div><template shadowrootmode=open><button>Declared</button></template></div><script>
    customElements.define('open-box', class extends HTMLElement { connectedCallback() { this.attachShadow({mode:'open'}).innerHTML = '<label><slot name=title></slot> field <input></label>' } });
    customElements.define('closed-box', class extends HTMLElement { connectedCallback() { this.attachShadow({mode:'closed'}).innerHTML = '<button>Closed</button>'; document.title = String(this.shadowRoot) } });</script>`);
  expect(actor.names()).toEqual(['textbox Slotted field', 'button Closed', 'button Declared']);
  expect(actor.seen.title).toBe('null');
});

it('looks into frames: same origin, another origin, nested', async () => {
  const other = await at.site({ '/inner': '<button>Pay</button>' });
  const actor = await at.open(
    {
      '/': `<button>Top</button><iframe title=Form src=/form width=400 height=200></iframe><iframe name=checkout src="${other}/inner"></iframe>`,
      '/form': '<label>Card <input></label><iframe title=Deep src=/deep></iframe>',
      '/deep': '<a href=/x>Terms</a><p>Small print</p>',
    },
    {},
  );
  expect(actor.seen.candidates.map(({ role, name, context }) => [role, name, context.frame])).toEqual([
    ['button', 'Top', undefined],
    ['textbox', 'Card', 'Form'],
    ['link', 'Terms', 'Form / Deep'],
    ['button', 'Pay', 'checkout'],
  ]);
  expect(actor.seen.passages.at(-1)).toMatchObject({ text: 'Small print', context: { frame: 'Form / Deep' } });
});

it('reads letters that are moved one by one as the word they make, and those that keep a distance as letters', async () => {
  const letters = (word: string, style = ''): string =>
    [...word]
      .map(
        (letter, at) =>
          `<span style="display:inline-block;transform:skewX(${at * 4 - 6}deg) skewY(${12 - at * 9}deg);${style}">${letter}</span>`,
      )
      .join('');
  const actor = await at.open(
    `<p>${letters('Ship')} it ${letters('now')}</p><button>${letters('Send')}</button><p>${letters('MTWTFSS', 'width:40px')}</p><p><span style="display:inline-block">two</span><span style="display:inline-block">words</span></p>`,
  );
  expect(actor.seen.passages.map(({ text }) => text)).toEqual(['Ship it now', 'M T W T F S S', 'two words']);
  expect(actor.names()).toEqual(['button Send']);
});

it('tells which rows have controls that are not to be seen, and shows them while they are pointed at', async () => {
  const hidden = ['display:none', 'visibility:hidden', 'opacity:0', 'position:relative;left:-9999em'];
  const actor =
    await at.open(`<style>${hidden.map((style, index) => `.h${index}{${style}} tr:hover .h${index}{display:inline;visibility:visible;opacity:1;left:0}`).join('')}</style>
    <table><tr><td>Plain</td><td><button>Seen</button></td></tr>${hidden.map((_, index) => `<tr><td>Row ${index}</td><td><span class=h${index}><a href=/x${index}>Remove ${index}</a></span><button>Open ${index}</button></td></tr>`).join('')}</table>`);
  expect(actor.seen.veiled).toEqual(hidden.map((_, index) => `Row ${index} Remove ${index}`));
  await actor.act({ kind: 'hover', target: actor.find('Open 3').id });
  await actor.look();
  expect(actor.names()).toContain('link Remove 3');
});
