import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { say, stage } from '../stage.ts';

const at = stage();
const LOG = `<ol id=log></ol><script>function say(t){const li=document.createElement('li');li.textContent=t;log.append(li)}</script>`;

it('replaces what is in a field and lets the page notice', async () => {
  const actor = await at.open(
    `<input aria-label=Name value=old>${LOG}<script>const i=document.querySelector('input');for(const t of ['input','keydown','keyup'])i.addEventListener(t,()=>say(t))</script>`,
  );
  expect(await actor.fill('Name', 'Casey User')).toMatchObject({ ok: true, events: [] });
  expect(actor.find('Name').value).toBe('Casey User');
  expect(actor.text().split(' | ')).toEqual(expect.arrayContaining(['input', 'keydown', 'keyup']));
});

it('empties a field', async () => {
  const actor = await at.open(`<input aria-label=Name value=old><textarea aria-label=Note>text</textarea>`);
  await actor.fill('Name', '');
  await actor.fill('Note', '');
  expect([actor.find('Name').value, actor.find('Note').value]).toEqual(['', '']);
});

it('fills text areas, numbers, rich text and fields in shadow trees and frames', async () => {
  const actor = await at.open({
    '/': `<textarea aria-label=Note>x</textarea><input type=number aria-label=Count><div contenteditable aria-label=Body>old <b>text</b></div><x-f></x-f><iframe title=F src=/f></iframe>
    <script>customElements.define('x-f',class extends HTMLElement{connectedCallback(){this.attachShadow({mode:'open'}).innerHTML='<input aria-label=Deep>'}})</script>`,
    '/f': '<input aria-label=Framed>',
  });
  for (const [name, text] of [
    ['Note', 'two\nlines'],
    ['Count', '42'],
    ['Body', 'new words'],
    ['Deep', 'a'],
    ['Framed', 'b c'],
  ] as const) {
    expect(await actor.fill(name, text)).toMatchObject({ ok: true });
    expect(actor.find(name).value).toBe(text);
  }
});

it('gives dates, times and colours to the inputs that have pickers', async () => {
  const actor = await at.open(
    `<input type=date aria-label=Day><input type=time aria-label=Time><input type=datetime-local aria-label=Both><input type=month aria-label=Month><input type=color aria-label=Colour>${LOG}<script>document.querySelector('[type=date]').onchange=()=>say('changed')</script>`,
  );
  for (const [name, text, value] of [
    ['Day', 'March 7, 2027', '2027-03-07'],
    ['Time', '2:05 pm', '14:05'],
    ['Both', '2027-03-07 14:05', '2027-03-07T14:05'],
    ['Month', 'March 2027', '2027-03'],
    ['Colour', '#FF0000', '#ff0000'],
  ] as const) {
    expect(await actor.fill(name, text)).toMatchObject({ ok: true });
    expect(actor.find(name).value).toBe(value);
  }
  expect(actor.text()).toBe('changed');
  expect(await actor.fill('Day', 'someday')).toMatchObject({ ok: false, miss: 'no-option' });
});

it('types key by key where a field formats what is typed', async () => {
  const actor = await at.open(
    `<input aria-label=Card><script>const i=document.querySelector('input');i.oninput=()=>{i.value=i.value.replace(/\\D/g,'').replace(/(.{4})(?=.)/g,'$1 ')}</script>`,
  );
  expect(await actor.fill('Card', '4242424242424242')).toMatchObject({ ok: true, events: ['the field shows “4242 4242 4242 4242”'] });
  expect(actor.find('Card').value).toBe('4242 4242 4242 4242');
});

it('says when a field does not take what is typed', async () => {
  const actor = await at.open(`<input aria-label=Short maxlength=3><input aria-label=Fixed readonly value=1><button>Not a field</button>`);
  expect(await actor.fill('Short', 'abcdef')).toMatchObject({ ok: false, error: 'textbox “Short” shows “abc” after “abcdef” was typed' });
  expect(await actor.fill('Fixed', '2')).toMatchObject({ ok: false, miss: 'not-editable' });
  expect(await actor.fill('Not a field', '2')).toMatchObject({ ok: false, miss: 'not-editable' });
});

it('types a secret where it is allowed and shows it nowhere afterwards', async () => {
  const actor = await at.open(`<input aria-label=Key>`, { mask: (text) => text.replaceAll('canary-91', '•••KEY•••') });
  actor.valueOf = (ref, field) => {
    expect(field.origin).toBe(actor.base);
    expect(field.inputType).toBe('text');
    return ref.from === 'secret' ? 'canary-91' : '';
  };
  const outcome = await actor.act({ kind: 'fill', target: actor.find('Key').id, value: { from: 'secret', name: 'KEY' } });
  expect(outcome.ok).toBe(true);
  expect(actor.find('Key').value).toBe('•••');
  expect(JSON.stringify([outcome, actor.seen])).not.toContain('canary');
});

it('blots a secret out of pictures, in frames and shadow trees too', async () => {
  const actor = await at.open({
    '/': `<input aria-label=Plain style="width:600px;height:200px;font:100px sans-serif"><iframe title=F src=/f width=800 height=300></iframe>`,
    '/f': '<input aria-label=Framed style="width:600px;height:200px;font:100px sans-serif">',
  });
  actor.valueOf = (ref) => (ref.from === 'secret' ? 'XXXXXXXX' : '');
  const empty = (await actor.session.picture())!.jpeg.length;
  for (const name of ['Plain', 'Framed'])
    await actor.act({ kind: 'fill', target: actor.find(name).id, value: { from: 'secret', name: 'KEY' } });
  const blotted = (await actor.session.picture())!.jpeg.length;
  await actor.fill('Plain', 'XXXXXXXX');
  expect(Math.abs(blotted - empty)).toBeLessThan(6000);
});

it('does not type a secret that is out of its scope', async () => {
  const actor = await at.open(`<input aria-label=Key>`);
  const { IntentwrightError } = await import('../../../src/core/errors.ts');
  actor.valueOf = () => {
    throw new IntentwrightError('SECRET_SCOPE', 'the secret KEY fits password fields only');
  };
  expect(await actor.act({ kind: 'fill', target: actor.find('Key').id, value: { from: 'secret', name: 'KEY' } })).toMatchObject({
    ok: false,
    miss: 'refused',
    error: 'the secret KEY fits password fields only',
  });
  expect(actor.find('Key').value).toBe('');
});

it('chooses in a native select by text, whatever its case, and says what it offers instead', async () => {
  const actor = await at.open(
    `<select aria-label=Role><option value=v>Viewer<option value=e>Editor<option disabled>Owner</select>${LOG}<script>document.querySelector('select').onchange=(e)=>say(e.target.value)</script>`,
  );
  expect(await actor.choose('Role', 'editor')).toMatchObject({ ok: true });
  expect(actor.find('Role').value).toBe('Editor');
  expect(actor.text()).toBe('e');
  expect(await actor.choose('Role', 'admin')).toMatchObject({
    ok: false,
    miss: 'no-option',
    error: 'combobox “Role” has no option “admin”; it offers “Viewer”, “Editor”, “Owner”',
  });
  expect(await actor.choose('Role', 'Owner')).toMatchObject({ ok: false, miss: 'no-option' });
});

it('opens a custom listbox and presses the option', async () => {
  const actor = await at.open(
    `<button aria-haspopup=listbox aria-controls=list id=b onclick="list.hidden=!list.hidden">Viewer</button><ul id=list role=listbox hidden>${['Viewer', 'Editor', 'Admin'].map((role) => `<li role=option onclick="b.textContent='${role}';list.hidden=true">${role}</li>`).join('')}</ul>`,
  );
  expect(await actor.choose('Viewer', 'Editor')).toMatchObject({ ok: true });
  expect(actor.names()).toEqual(['button Editor']);
  expect(await actor.choose('Editor', 'Owner')).toMatchObject({
    ok: false,
    miss: 'no-option',
    error: 'button “Editor” has no option “Owner”; it offers “Viewer”, “Editor”, “Admin”',
  });
});

it('filters an autocomplete by typing and presses what it suggests', async () => {
  const actor =
    await at.open(`<input role=combobox aria-label=City aria-controls=l aria-expanded=false><ul id=l role=listbox></ul><script>const i=document.querySelector('input');
    i.addEventListener('keyup',()=>{clearTimeout(i.t);i.t=setTimeout(()=>{l.innerHTML=['Bern','Berlin','Basel'].filter(c=>i.value&&c.startsWith(i.value)).map(c=>'<li role=option>'+c).join('');for(const o of l.children)o.onclick=()=>{i.value=o.textContent;l.innerHTML=''}},150)})</script>`);
  expect(await actor.choose('City', 'Berlin')).toMatchObject({ ok: true });
  expect(actor.find('City').value).toBe('Berlin');
});

it('scrolls a virtualised listbox until the option is there', async () => {
  const actor =
    await at.open(`<button aria-haspopup=listbox aria-controls=l onclick="l.hidden=false" id=b>Pick</button><div id=l role=listbox hidden style="height:100px;overflow:auto;position:relative"><div id=s style="height:4000px"></div></div><script>
    const draw=()=>{const first=Math.floor(l.scrollTop/20);l.querySelectorAll('[role=option]').forEach(o=>o.remove());for(let n=first;n<Math.min(200,first+7);n++){const o=document.createElement('div');o.setAttribute('role','option');o.textContent='Item '+n;o.style.cssText='position:absolute;height:20px;top:'+n*20+'px';o.onclick=()=>{b.textContent=o.textContent;l.hidden=true};l.append(o)}};l.onscroll=draw;draw()</script>`);
  expect(await actor.choose('Pick', 'Item 150')).toMatchObject({ ok: true });
  expect(actor.find('Item 150').role).toBe('button');
});

it('checks and unchecks: native, hidden behind a label, and custom switches', async () => {
  const actor = await at.open(
    `<style>.sr{position:absolute;opacity:0;pointer-events:none}</style><input type=checkbox aria-label=Plain><label><input type=checkbox class=sr> Pretty</label><div role=switch tabindex=0 aria-checked=false onclick="this.ariaChecked=this.ariaChecked!=='true'">Custom</div><label><input type=radio name=a> One</label>`,
  );
  for (const name of ['Plain', 'Pretty', 'Custom', 'One']) {
    expect(await actor.act({ kind: 'check', target: actor.find(name).id, on: true })).toMatchObject({ ok: true });
    expect(actor.find(name).checked).toBe(true);
  }
  expect(await actor.act({ kind: 'check', target: actor.find('Custom').id, on: true })).toMatchObject({ ok: true });
  await actor.act({ kind: 'check', target: actor.find('Pretty').id, on: false });
  expect([actor.find('Custom').checked, actor.find('Pretty').checked]).toEqual([true, false]);
  expect(await actor.act({ kind: 'check', target: actor.find('One').id, on: false })).toMatchObject({
    ok: false,
    error: 'radio “One” is still on',
  });
});

it('moves sliders: native and by keyboard', async () => {
  const actor = await at.open(
    `<input type=range aria-label=Native min=0 max=10><div role=slider tabindex=0 aria-label=Custom aria-valuemin=0 aria-valuemax=50 aria-valuenow=20></div><script>const s=document.querySelector('[role=slider]');s.style.cssText='width:50px;height:20px';s.onkeydown=(e)=>{s.ariaValueNow=String(+s.ariaValueNow+(e.key==='ArrowRight'?1:e.key==='ArrowLeft'?-1:0))}</script>`,
  );
  expect(await actor.act({ kind: 'slide', target: actor.find('Native').id, value: say('8') })).toMatchObject({ ok: true });
  expect(await actor.act({ kind: 'slide', target: actor.find('Custom').id, value: say('26') })).toMatchObject({ ok: true });
  expect([actor.find('Native').value, actor.find('Custom').value]).toEqual(['8', '26']);
  expect(await actor.act({ kind: 'slide', target: actor.find('Custom').id, value: say('99') })).toMatchObject({
    ok: false,
    miss: 'no-option',
  });
});

it('moves a slider that tells its value only in words beside it', async () => {
  const actor =
    await at.open(`<div class=ui-slider style="width:200px;height:10px;background:#ddd"><span class=ui-slider-handle tabindex=0 style="display:block;width:20px;height:20px;background:#888"></span></div><p>Volume: <b id=v>30</b></p><p>Year <b>2027</b></p>
    <script>document.querySelector('.ui-slider-handle').onkeydown=(e)=>{v.textContent=String(+v.textContent+(e.key==='ArrowRight'?1:e.key==='ArrowLeft'?-1:0))}</script>`);
  expect(await actor.act({ kind: 'slide', target: actor.seen.candidates[0]!.id, value: say('24') })).toMatchObject({ ok: true });
  expect(actor.text()).toContain('Volume: 24');
});

it('chooses a suggestion that the browser itself offers', async () => {
  const actor = await at.open(`<input aria-label=Fruit list=l><datalist id=l><option>Apple<option>Pear</datalist>`);
  expect(await actor.choose('Fruit', 'pear')).toMatchObject({ ok: true });
  expect(actor.find('Fruit').value).toBe('Pear');
  expect(await actor.choose('Fruit', 'Plum')).toMatchObject({ ok: false, miss: 'no-option' });
});

it('uploads a file from beside the intent, into a field or a chooser, and no other file', async () => {
  await writeFile(join(at.folder, 'people.csv'), 'name\nDana\n');
  const actor = await at.open(
    `<input type=file aria-label=CSV><input type=file id=f hidden onchange="b.textContent=this.files[0].name"><button id=b onclick="f.click()">Choose</button>`,
  );
  expect(await actor.act({ kind: 'upload', target: actor.find('CSV').id, file: 'people.csv' })).toMatchObject({ ok: true });
  expect(actor.find('CSV').value).toBe('people.csv');
  expect(await actor.act({ kind: 'upload', target: actor.find('Choose').id, file: 'people.csv' })).toMatchObject({ ok: true });
  expect(actor.names()).toContain('button people.csv');
  expect(await actor.act({ kind: 'upload', target: actor.find('CSV').id, file: '../../etc/passwd' })).toMatchObject({
    ok: false,
    miss: 'refused',
  });
});

it('gives a file to a field that lies unseen under what opens it', async () => {
  await writeFile(join(at.folder, 'plan.csv'), 'name\nDana\n');
  const actor = await at.open(
    `<div style="position:relative;width:200px;height:40px"><input type=file aria-label=Plan style="position:absolute;inset:0;width:200px;height:40px" onchange="b.textContent=this.files[0].name"><div id=b style="position:absolute;inset:0;background:#eee">Select files</div></div>`,
  );
  expect(actor.find('Plan').coveredBy).toBeDefined();
  expect(await actor.act({ kind: 'upload', target: actor.find('Plan').id, file: 'plan.csv' })).toMatchObject({ ok: true });
  expect(actor.text()).toContain('plan.csv');
});

it('drags by pointer and by HTML drag and drop', async () => {
  const actor =
    await at.open(`<div id=a draggable=true style="width:80px;height:30px;background:#ccc">Card</div><div id=z tabindex=0 style="margin-top:60px;width:200px;height:60px;background:#eee">Done</div>${LOG}<script>
    a.ondragstart=(e)=>e.dataTransfer.setData('text','card');z.ondragover=(e)=>e.preventDefault();z.ondrop=(e)=>{e.preventDefault();say('dropped '+e.dataTransfer.getData('text'))}</script>`);
  expect(await actor.act({ kind: 'drag', target: actor.find('Card').id, to: actor.find('Done').id })).toMatchObject({ ok: true });
  expect(actor.text()).toContain('dropped card');
});
