import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = (sentence: string, observation: ReturnType<typeof page>) => walk(createBuiltin(), step(sentence)).decide(observation);

const HEAD = [
  control('combobox', '', { options: ['English', 'Deutsch'], value: 'English', form: 1, context: { landmark: 'navigation' } }),
  control('button', 'Go', { form: 1, attrs: { type: 'submit' }, context: { landmark: 'navigation' } }),
  control('button', 'View basket', { attrs: { type: 'button' }, context: { landmark: 'banner' } }),
];

const shelf = (...books: string[]) =>
  page({
    path: '/search',
    headings: ['Products'],
    controls: [
      ...HEAD,
      ...books.flatMap((book, index) => [
        control('link', book, { href: `/books/${index}`, context: { row: `${book} £19.99 In stock` } }),
        control('button', 'Add to basket', { form: 2 + index, context: { row: `${book} £19.99 In stock` } }),
      ]),
    ],
  });

describe('a shop', () => {
  it('what is made of a thing is not what another control in its row makes', async () => {
    const review = 'Write a review of "Coders at Work" titled "Worth reading", saying "Long interviews."';
    expect(told(await first(review, shelf('Coders at Work', 'Reversing')))).toBe('click link Coders at Work');
    const put = await first('Put "Coders at Work" into the basket', shelf('Reversing', 'Coders at Work'));
    expect(put).toMatchObject({ action: { kind: 'click' }, target: { name: 'Add to basket', row: 'Coders at Work £19.99 In stock' } });
  });

  it('and what is put on a list is not put into the basket', async () => {
    const wish = await first('Put the book "Coders at Work" on the wish list "Birthday"', shelf('Coders at Work'));
    expect(told(wish)).toBe('click link Coders at Work');
  });

  it('stars without names are counted from the left', async () => {
    const form = page({
      path: '/books/1/review',
      headings: ['Coders at Work'],
      controls: [
        control('textbox', 'Title *', { value: 'Worth reading', form: 5 }),
        ...[3, 1, 0, 4, 2].map((nth) => control('generic', '', { form: 5, at: [20 + nth * 18, 90] })),
        control('button', 'Save review', { form: 5, attrs: { type: 'submit' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Write a review of "Coders at Work": four stars, titled "Worth reading"'));
    const star = await journey.decide(form);
    expect(star).toMatchObject({ action: { kind: 'click', target: 2 } });
    journey.did(star, form);
    expect(told(await journey.decide(form))).toBe('click button Save review');
  });

  it('a place is neither a button that puts something there nor one that only says to go', async () => {
    expect(told(await first('Open the basket', shelf('Reversing')))).toBe('click button View basket');
    expect(told(await first('Go to the checkout', shelf('Reversing')))).not.toBe('click button Go');
  });

  it('nothing that sends fields is pressed to look around', async () => {
    const empty = page({ path: '/', headings: ['Products'], controls: HEAD.slice(0, 2) });
    expect((await first('Set the status of the order "A-17" to "Cancelled"', empty)).kind).toBe('give-up');
  });

  it('a name that a form for something new proposes is written over', async () => {
    const form = (heading: string) =>
      page({
        path: '/lists/form',
        headings: [heading],
        controls: [
          control('textbox', 'Name *', { value: 'Default', required: true, form: 3, context: { heading } }),
          control('button', 'Save', { form: 3, attrs: { type: 'submit' }, context: { heading } }),
        ],
      });
    const sentence = 'Create a wish list named "Birthday"';
    expect(told(await first(sentence, form('Create a new wish list')))).toBe('fill textbox Name * = Birthday');
    expect(told(await first(sentence, form('Wish list')))).not.toContain('fill');
  });
});

describe('a checkout of several pages', () => {
  it('goes on where the last page led, before anything is looked for elsewhere', async () => {
    const address = page({ path: '/checkout/address', headings: ['Address'], controls: [control('button', 'Continue', { form: 1 })] });
    const before = walk(createBuiltin(), step('Continue'));
    before.did(await before.decide(address), address, { navigated: true, requests: [sent('POST', '/checkout/address')] });
    const payment = page({
      path: '/checkout/payment',
      headings: ['Payment'],
      controls: [
        control('link', 'Oscar', { href: '/', context: { landmark: 'banner' } }),
        control('link', 'Orders', { href: '/orders', context: { landmark: 'navigation' } }),
        control('link', 'Continue', { href: '/checkout/preview' }),
      ],
    });
    const after = (turns: typeof before.turns) => walk(createBuiltin(), step('Place the order', { index: 1 }), turns).decide(payment);
    expect(told(await after(before.turns))).toBe('click link Continue');
    expect(told(await after([]))).not.toBe('click link Continue');
  });
});

describe('a basket in one form', () => {
  const basket = (quantities: Record<string, string>) =>
    page({
      path: '/basket',
      headings: ['Basket'],
      controls: Object.entries(quantities).flatMap(([book, value]) => [
        control('link', book, { href: `/books/${book}`, form: 3, context: { heading: book } }),
        control('spinbutton', '', { value, form: 3, inputType: 'number', attrs: { name: 'form-0-quantity' }, context: { heading: book } }),
        control('button', 'Update', { form: 3, attrs: { type: 'submit' }, context: { heading: book } }),
        control('link', 'Remove', { form: 3, href: '/basket#', context: { heading: book } }),
      ]),
    });

  it('what stands under the name of a thing is its own, and nothing under that of another', async () => {
    const journey = walk(createBuiltin(), step('In the basket, change the quantity of "Coders at Work" to 3'));
    const before = basket({ Reversing: '1', 'Coders at Work': '1' });
    const fill = await journey.decide(before);
    expect(fill).toMatchObject({ action: { kind: 'fill', target: 6, value: { text: '3' } } });
    journey.did(fill, before);
    expect(await journey.decide(basket({ Reversing: '1', 'Coders at Work': '3' }))).toMatchObject({ action: { kind: 'click', target: 7 } });
  });
});

describe('an office', () => {
  it('a number behind its noun says which is opened, and goes on being meant', () => {
    const [open, set] = goalsOf(step('Open the order 100100 and set its status to Cancelled'));
    expect(open!.parts.map(({ role, value }) => `${role} ${value.text} ${value.certain}`)).toEqual(['entity 100100 true']);
    expect(set!.parts.map(({ role, value }) => `${role} ${value.text}`)).toEqual(['typed Cancelled', 'entity 100100']);
  });

  const MENU = ['Account', 'Order History', 'Dashboard', 'Basket'].map((name) =>
    control('link', name, { href: `/${name.toLowerCase()}`, context: { landmark: 'navigation' } }),
  );

  it('where something is or is done is gone to first, wherever the sentence says it', async () => {
    const orders = page({
      path: '/account/orders',
      headings: ['My orders'],
      controls: [...MENU, control('link', '100100', { href: '/account/orders/100100', context: { row: '100100 £7.99' } })],
    });
    expect(told(await first('Open the order 100100 in the dashboard', orders))).toBe('click link Dashboard');
    expect(told(await first('Change the price of the book "Dune" to 39.99 in the dashboard', orders))).toBe('click link Dashboard');
    expect(told(await first('Open the order 100100', orders))).toBe('click link 100100');
  });

  it('a folded menu that lists the kind of thing is unfolded before anything else', async () => {
    const menu = (name: string, row: string) =>
      control('button', name, { href: '/office#', expanded: false, popup: 'true', context: { landmark: 'navigation', row } });
    const desk = page({
      path: '/office',
      headings: ['Office'],
      controls: [
        control('link', 'Account', { href: '/account', context: { landmark: 'navigation' } }),
        menu('Catalogue', 'Products Product Types Categories'),
        menu('Fulfilment', 'Orders Statistics Partners'),
        menu('Content', 'Pages Email templates Reviews'),
      ],
    });
    expect(told(await first('Create a product titled "The Tidy Garage"', desk))).toBe('click button Catalogue');
    expect(told(await first('Open the order 100100', desk))).toBe('click button Fulfilment');
    expect(told(await first('Create a page titled "Opening hours"', desk))).toBe('click button Content');
  });

  it('a form that makes what only says where it belongs is another form', async () => {
    const makes = (title: string) =>
      page({
        path: '/office/new',
        headings: [title],
        controls: [
          control('textbox', 'Name *', { value: '', form: 2, context: { heading: title } }),
          control('button', 'Save', { form: 2, attrs: { type: 'submit' }, context: { heading: title } }),
        ],
      });
    const sentence = 'Create a product with the title "The Tidy Garage" in the category "Fiction"';
    expect(told(await first(sentence, makes('Create new category')))).not.toContain('fill');
    expect(told(await first(sentence, makes('Create new product')))).toBe('fill textbox Name * = The Tidy Garage');
  });

  it('what is explained below a field makes its name no less its name', async () => {
    const description = 'Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.';
    const form = page({
      path: '/admin/users/add',
      title: 'Add user',
      headings: ['Add user'],
      controls: [
        control('textbox', 'Username:', { value: '', required: true, description, form: 2 }),
        control('textbox', 'Password:', { value: '', form: 2, inputType: 'password' }),
        control('button', 'Save', { form: 2, attrs: { type: 'submit' } }),
      ],
    });
    expect(told(await first('Add the user "nora" with the password ${secret:PW}', form))).toBe('fill textbox Username: = nora');
  });

  it('a form with room for less than half of what is said is not sent', async () => {
    const form = page({
      path: '/office/new',
      headings: ['Create new product'],
      controls: [
        control('textbox', 'Title', { value: 'The Tidy Garage', form: 2 }),
        control('button', 'Save', { form: 2, attrs: { type: 'submit' } }),
      ],
    });
    const sentence = 'Create a product with the title "The Tidy Garage", the UPC "9990000000017" and the SKU "TG-1"';
    expect(told(await first(sentence, form))).not.toBe('click button Save');
  });

  it('what is made anew is not written over what an edit form holds', async () => {
    const edits = page({
      path: '/office/categories/2',
      headings: ['Editing Books'],
      controls: [
        control('textbox', 'Name *', { value: 'Books', form: 2, context: { heading: 'Editing Books' } }),
        control('button', 'Save', { form: 2, attrs: { type: 'submit' } }),
      ],
    });
    expect(told(await first('Create a product with the title "The Tidy Garage"', edits))).not.toContain('fill');
  });

  it('of several rows it is done in the one that is called just so', async () => {
    const kinds = page({
      path: '/admin',
      headings: ['Administration'],
      controls: ['User addresses', 'Users', 'User search queries'].flatMap((kind) =>
        ['Add', 'Change'].map((name) => control('link', name, { href: `/admin/${kind}/${name}`, context: { row: `${kind} Add Change` } })),
      ),
    });
    expect(await first('Add the user "nora" with the password "Kiwi-77-kiwi"', kinds)).toMatchObject({
      action: { kind: 'click' },
      target: { name: 'Add', row: 'Users Add Change' },
    });
  });

  it('a form that holds what can be changed is not saved before it is', async () => {
    const product = page({
      path: '/books/7',
      headings: ['Reversing'],
      controls: [control('link', 'Edit this product', { href: '/office/books/7' })],
    });
    const edits = page({
      path: '/office/books/7',
      headings: ['Editing Reversing'],
      controls: [
        control('textbox', 'Title', { value: 'Reversing', form: 1 }),
        control('textbox', 'UPC', { value: '9780764574818', form: 1 }),
        control('button', 'Save and continue editing', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Change the price of the book "Reversing" to 39.99'));
    const opens = await journey.decide(product);
    expect(told(opens)).toBe('click link Edit this product');
    journey.did(opens, product, { navigated: true, requests: [sent('GET', '/office/books/:id')], added: ['textbox "Title"'] });
    expect(told(await journey.decide(edits))).not.toContain('Save');
  });

  it('a number goes where the column is called so, and never over a word', async () => {
    const row = 'Nordic Tools - Delete';
    const cell = (column: string, value: string, name: string) =>
      control('textbox', '', { value, form: 1, attrs: { name }, context: { row, column } });
    const stock = (...cells: ReturnType<typeof cell>[]) =>
      page({
        path: '/office/books/7',
        headings: ['Editing Reversing'],
        controls: [...cells, control('button', 'Save', { form: 1, attrs: { type: 'submit' } })],
      });
    const currency = cell('Currency', 'GBP', 'stock-0-price_currency');
    const sentence = 'Change the price of the book "Reversing" to 39.99';
    expect(await first(sentence, stock(currency, cell('Price', '3.99', 'stock-0-price')))).toMatchObject({
      action: { kind: 'fill', target: 2, value: { text: '39.99' } },
    });
    expect(told(await first(sentence, stock(currency)))).not.toContain('fill');
  });
});
