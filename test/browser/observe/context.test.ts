import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();

it('says where a control stands: landmark, heading, group, row and column', async () => {
  const actor =
    await at.open(`<nav aria-label=Settings><a href=/p>Profile</a></nav><main><h1>Team</h1><fieldset><legend>Role</legend><label><input type=radio name=r> Editor</label></fieldset>
    <section><h2>Members</h2><table><thead><tr><th>Name</th><th>Role</th><th>Actions</th></tr></thead><tbody>
    <tr><td>Dana Reyes</td><td><select aria-label=Role><option>editor</select></td><td><button>Remove</button></td></tr>
    <tr><td>Ann Lee</td><td><select aria-label=Role><option>viewer</select></td><td><button>Remove</button></td></tr></tbody></table></section></main>`);
  expect(actor.find('Profile').context).toEqual({ landmark: 'navigation Settings' });
  expect(actor.find('Editor').context).toEqual({ landmark: 'main', heading: 'Team', group: 'Role' });
  const [first] = actor.seen.candidates.filter(({ name }) => name === 'Remove');
  expect(first!.context).toEqual({ landmark: 'main', heading: 'Members', row: 'Dana Reyes', column: 'Actions' });
  expect(actor.seen.candidates.find(({ role }) => role === 'combobox')!.context).toMatchObject({ row: 'Dana Reyes' });
});

it('tells list items and cards apart by their text', async () => {
  const actor = await at.open(`<main><ul><li>Roadmap <button>Delete</button><li>Backlog <button>Delete</button></ul>
    <div class=card><h3>Free</h3><p>0 €</p><button>Choose</button></div><div class=card><h3>Pro</h3><p>9 €</p><button>Choose</button></div></main>`);
  expect(actor.seen.candidates.map(({ name, context }) => [name, context.row, context.heading])).toEqual([
    ['Delete', 'Roadmap', undefined],
    ['Delete', 'Backlog', undefined],
    ['Choose', 'Free 0 €', 'Free'],
    ['Choose', 'Pro 9 €', 'Pro'],
  ]);
});

it('does not take the whole page for a card beside the empty places that scripts put there', async () => {
  const actor = await at.open(
    `<div id=root><div><div><h2>Files</h2><button>New file</button><p>Version 4</p></div></div><div><div></div></div></div>`,
  );
  expect(actor.find('New file').context.row).toBeUndefined();
});

it('calls a dialog what it says where its toolkit calls all dialogs the same, and no title what its buttons say', async () => {
  const actor = await at.open(
    `<div role=dialog aria-label="Modal dialog"><h1>Add a shelf <button aria-label=Close>x</button></h1><button>Go on</button></div>`,
  );
  expect(actor.find('Go on').context).toMatchObject({ dialog: 'Add a shelf', heading: 'Add a shelf' });
});

it('a row that can be pressed as a whole is told with its cells', async () => {
  const actor =
    await at.open(`<table><tr><th>Plant<th>State<tr class=r><td><button role=checkbox aria-checked=false>off</button><td>Fern<td>draft<tr class=r><td><button role=checkbox aria-checked=false>off</button><td>Moss<td>draft</table><output></output>
    <script>for (const row of document.querySelectorAll('.r')) row.addEventListener('click', () => { document.querySelector('output').textContent = row.cells[1].textContent })</script>`);
  const rows = actor.seen.candidates.filter(({ role }) => role === 'row');
  expect(rows.map(({ name, context }) => [name, context.row])).toEqual([
    ['Fern draft', 'Fern draft'],
    ['Moss draft', 'Moss draft'],
  ]);
  expect(actor.seen.passages.map(({ text }) => text)).toContain('Moss');
  await actor.click('Moss draft');
  expect(actor.text()).toContain('Moss');
});

it('a field is called what the button above it says, and not what its placeholder hints at', async () => {
  const actor = await at.open(
    `<div><div><div class=l><button>Title</button></div><div><input></div></div><div><div class=l><button>Status</button></div><div><input placeholder="Pick one…"></div></div></div>`,
  );
  expect(actor.seen.candidates.filter(({ role }) => role === 'textbox').map(({ name, beside }) => [name, beside])).toEqual([
    ['', 'Title'],
    ['Pick one…', 'Status'],
  ]);
});

it('ids that a script counted up describe nothing', async () => {
  const actor = await at.open('<button id="x-r4832991_r_1s_"><svg width=9 height=9></svg></button>');
  expect(actor.seen.candidates[0]!.description).toBeUndefined();
});

it('what stands in a definition stands under its term', async () => {
  const actor = await at.open(
    `<dl><dt>E-mail</dt><dd>ann@example.test <a href=/e>Change</a></dd><dt>Phone</dt><dd>020 100 <a href=/p>Change</a></dd></dl>`,
  );
  expect(actor.seen.candidates.map(({ context }) => context.column)).toEqual(['E-mail', 'Phone']);
});

it('does not take the fields of a form for rows', async () => {
  const actor = await at.open(
    `<form><div class=f><label>First <input></label><p>As in your passport</p></div><div class=f><label>Last <input></label><p>As well</p></div></form>`,
  );
  expect(actor.seen.candidates.map(({ context }) => context.row)).toEqual([undefined, undefined]);
});

it('reads text block by block, with the role it has', async () => {
  const actor = await at.open(
    `<h1>Invoice</h1><p>Total is <b>90 €</b>, see <a href=/x>terms</a>.</p><dl><dt>Number</dt><dd>INV-7</dd></dl><ul><li>One</li></ul><div>Loose <span>words</span></div><div style="display:flex"><span>Plan</span><span>Pro</span></div>`,
  );
  expect(actor.seen.passages.map(({ role, text }) => [role, text])).toEqual([
    ['heading', 'Invoice'],
    ['paragraph', 'Total is 90 €, see terms.'],
    ['term', 'Number'],
    ['definition', 'INV-7'],
    ['listitem', 'One'],
    ['text', 'Loose words'],
    ['text', 'Plan'],
    ['text', 'Pro'],
  ]);
});

it('reads table cells with their row and their column', async () => {
  const actor = await at.open(`<table><tr><th>Name<th>Plan</tr><tr><td>Acme<td>Pro</tr><tr><td>Globex<td>Free</tr></table>`);
  expect(actor.seen.passages.find(({ text }) => text === 'Free')).toEqual({
    text: 'Free',
    role: 'cell',
    context: { row: 'Globex Free', column: 'Plan' },
  });
});

it('does not repeat the labels of fields as text', async () => {
  const actor = await at.open(`<label for=a>Email</label><input id=a><label>Name <input></label><p>Note</p>`);
  expect(actor.text()).toBe('Note');
});

it('collects what the page says: alerts, status, toasts, validation', async () => {
  const actor =
    await at.open(`<div role=alert>Card declined</div><div role=status>3 results</div><div class="toast toast-success">Saved</div><div class="alert alert-danger">Try again</div>
    <label>Email <input aria-invalid=true aria-describedby=why></label><p id=why class=field-error>Not an address</p><div role=status></div><div class=toast style="display:none">Old</div>`);
  expect(actor.seen.notices).toEqual([
    { kind: 'alert', text: 'Card declined' },
    { kind: 'status', text: '3 results' },
    { kind: 'toast', text: 'Saved' },
    { kind: 'validation', text: 'Try again' },
    { kind: 'validation', text: 'Not an address', about: actor.find('Email').id },
  ]);
});

it('tells what the browser itself objects to after a submit', async () => {
  const actor = await at.open(`<form action=/x><label>Email <input type=email required></label><button>Send</button></form>`);
  await actor.click('Send');
  expect(actor.seen.notices).toEqual([{ kind: 'validation', text: 'Please fill out this field.', about: actor.find('Email').id }]);
});

it('says that a page is an error page, with its status', async () => {
  const actor = await at.open({
    '/': (_, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Something broke</h1>'),
  });
  expect(actor.seen.status).toBe(500);
  expect(actor.seen.notices[0]).toEqual({ kind: 'error-page', text: 'HTTP 500: Something broke' });
});

it('gives the same digest for the same page and another for any visible change', async () => {
  const actor = await at.open(`<h1>Hi</h1><button onclick="document.querySelector('h1').textContent='Ho'">Go</button>`);
  const { digest } = actor.seen;
  expect((await actor.look()).digest).toBe(digest);
  await actor.session.act({ kind: 'click', target: actor.find('Go').id }, actor.seen, {
    valueOf: actor.valueOf,
    signal: AbortSignal.timeout(60_000),
    settleMs: 500,
  });
  expect((await actor.look()).digest).not.toBe(digest);
});

it('tells what changed as added and removed lines', async () => {
  const actor = await at.open(
    `<main><button onclick="this.remove();document.querySelector('main').insertAdjacentHTML('beforeend','<div role=status>Sent</div><a href=/n>Next</a>')">Send</button></main>`,
  );
  const before = actor.seen;
  await actor.click('Send');
  const change = actor.session.change(before, actor.seen);
  expect(change.added).toEqual(expect.arrayContaining(['! status: "Sent"', '2 link "Next"']));
  expect(change.removed).toEqual(['button "Send"']);
});

it('does not take the title over a form for the label of a field whose placeholder says what is asked', async () => {
  const actor = await at.open(
    '<section><h2>Book your one-way flight</h2><div><input placeholder="From:"></div><div><input placeholder="To:"></div></section><p>Weight <input placeholder="kg"></p>',
  );
  expect(actor.seen.candidates.map(({ name, beside }) => [name, beside])).toEqual([
    ['From:', undefined],
    ['To:', undefined],
    ['kg', 'Weight'],
  ]);
});
