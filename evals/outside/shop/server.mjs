// A shop whose pages are made on the server: search, variants, a basket, checkout in several pages, orders, returns.
import { id, listen, openStore, redirect, refuse } from '../application.mjs';
import * as html from './pages.mjs';

const store = openStore(
  'shop',
  `create table products (id text primary key, name text, category text, price integer, sizes text, colours text);
   create table customers (id text primary key, run text, name text, email text, password text);
   create table lines (id integer primary key, basket text, product text, size text, colour text, quantity integer, gift integer default 0);
   create table coupons (basket text primary key, code text);
   create table drafts (basket text primary key, address text, delivery text);
   create table orders (id text primary key, number integer, customer text, status text, address text, delivery text, coupon text, total integer, card text, ordered text);
   create table order_lines (id integer primary key, order_id text, product text, size text, colour text, quantity integer);
   create table returns (id text primary key, order_id text, line integer, reason text);
   create table wishes (customer text, product text, primary key (customer, product));
   create table reviews (id text primary key, customer text, product text, stars integer, title text, body text)`,
);

const PRODUCTS = [
  ['enamel-mug', 'Enamel Mug', 'Kitchen', 1200, 'Small,Large', 'White,Blue,Red'],
  ['enamel-plate', 'Enamel Plate', 'Kitchen', 1600, '', 'White,Blue'],
  ['stove-kettle', 'Stove Kettle', 'Kitchen', 4900, '', ''],
  ['cast-iron-pan', 'Cast Iron Pan', 'Kitchen', 6400, '20 cm,26 cm', ''],
  ['cast-iron-pan-lid', 'Cast Iron Pan Lid', 'Kitchen', 2400, '20 cm,26 cm', ''],
  ['linen-towel', 'Linen Tea Towel', 'Textiles', 1400, '', 'Natural,Grey'],
  ['wool-blanket', 'Wool Blanket', 'Textiles', 8900, 'Single,Double', 'Grey,Rust'],
  ['teapot', 'Stoneware Teapot', 'Kitchen', 5200, '', ''],
];
for (const [key, name, category, price, sizes, colours] of PRODUCTS)
  store.insert('products', { id: key, name, category, price, sizes, colours });
const product = (key) => store.one('select * from products where id = ?', key);

// Baskets belong to the browser until somebody signs in; then to the customer.
const basketOf = ({ user, cookies }) => user?.id ?? cookies.basket ?? '';
const linesOf = (basket) =>
  store.all('select l.*, p.name, p.price from lines l join products p on p.id = l.product where basket = ? order by l.id', basket);
const DISCOUNTS = { WELCOME10: 0.1 };

function totals(basket) {
  const lines = linesOf(basket);
  const coupon = store.one('select code from coupons where basket = ?', basket)?.code ?? null;
  const goods = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const discount = Math.round(goods * (DISCOUNTS[coupon] ?? 0));
  return { lines, coupon, goods, discount, total: goods - discount };
}

function page(input, title, content) {
  const count = linesOf(basketOf(input)).reduce((sum, line) => sum + line.quantity, 0);
  return html.layout({ title, content, user: input.user, count, q: input.query.q });
}

function must(input) {
  if (input.user === undefined) throw redirect(`/sign-in?next=${encodeURIComponent(input.url.pathname)}`);
  return input.user;
}

function orderOf(input) {
  const order = store.one('select * from orders where number = ? and customer = ?', Number(input.params.number), must(input).id);
  if (order === undefined) throw refuse(404, 'No such order.');
  return {
    ...order,
    lines: store.all(
      'select l.*, p.name, (select reason from returns r where r.line = l.id) as returned from order_lines l join products p on p.id = l.product where order_id = ?',
      order.id,
    ),
  };
}

let numbers = 7000;
function placeOrder(
  customer,
  { lines, address = 'At home', delivery = 'standard', coupon = null, total = 0, card = '', status = 'received', ordered = '2027-02-10' },
) {
  const order = store.insert('orders', { id: id(), number: ++numbers, customer, status, address, delivery, coupon, total, card, ordered });
  for (const { product: key, size = '', colour = '', quantity = 1 } of lines)
    store.insert('order_lines', { order_id: order.id, product: key, size, colour, quantity });
  return order;
}

function seed({ body }) {
  const customer = store.insert('customers', {
    id: id(),
    run: body.run,
    name: 'Ines Alves',
    email: `ines.${body.run}@example.test`,
    password: 'correct horse 7',
  });
  const orders = {
    shipped: placeOrder(customer.id, {
      status: 'delivered',
      lines: [{ product: 'teapot' }, { product: 'linen-towel', colour: 'Grey', quantity: 2 }],
    }),
    old: placeOrder(customer.id, { status: 'delivered', ordered: '2026-05-02', lines: [{ product: 'stove-kettle' }] }),
    open: placeOrder(customer.id, { lines: [{ product: 'wool-blanket', size: 'Double', colour: 'Rust' }] }),
    other: placeOrder(customer.id, { lines: [{ product: 'enamel-mug', size: 'Small', colour: 'Red' }] }),
  };
  if (body.basket)
    for (const [key, quantity] of [
      ['teapot', 1],
      ['linen-towel', 2],
      ['enamel-plate', 4],
    ])
      store.insert('lines', { basket: customer.id, product: key, size: '', colour: key === 'teapot' ? '' : 'White', quantity });
  return { id: customer.id, email: customer.email, password: customer.password, session: store.signIn(customer.id), orders };
}

function add(input) {
  const basket = basketOf(input) || id();
  const { size = '', colour = '', quantity = '1', gift } = input.body;
  const wanted = product(input.params.key);
  if ((wanted.sizes && !size) || (wanted.colours && !colour)) throw redirect(`/p/${wanted.id}?problem=choose`);
  store.insert('lines', { basket, product: wanted.id, size, colour, quantity: Number(quantity), gift: gift ? 1 : 0 });
  throw redirect('/basket', input.user ? {} : { 'set-cookie': `basket=${basket}; Path=/` });
}

function signIn(input) {
  const customer = store.one('select * from customers where email = ? and password = ?', input.body.email, input.body.password);
  const next = input.body.next || '/account/orders';
  if (customer === undefined) return page(input, 'Sign in', html.signIn(next, 'We do not know this address with this password.'));
  store.run('update lines set basket = ? where basket = ?', customer.id, input.cookies.basket ?? '-');
  store.run('update or replace coupons set basket = ? where basket = ?', customer.id, input.cookies.basket ?? '-');
  throw redirect(next, { 'set-cookie': `${store.signIn(customer.id)}; Path=/` });
}

function draft(user, change) {
  store.run('insert or ignore into drafts (basket) values (?)', user.id);
  for (const [field, value] of Object.entries(change)) store.run(`update drafts set ${field} = ? where basket = ?`, value, user.id);
}

function pay(input) {
  const user = must(input);
  const { address, delivery } = store.one('select * from drafts where basket = ?', user.id) ?? {};
  const { lines, coupon, total } = totals(user.id);
  if (!address || !delivery || lines.length === 0) throw redirect('/checkout/address');
  const card = String(input.body.card ?? '').replace(/\s/g, '');
  if (!/^\d{16}$/.test(card) || !/^\d\d\s*\/\s*\d\d$/.test(input.body.expiry) || !/^\d{3}$/.test(input.body.cvc))
    return page(input, 'Payment', html.payment(totals(user.id), 'Please check the card number, the expiry date and the code.'));
  if (!input.body.terms) return page(input, 'Payment', html.payment(totals(user.id), 'Please accept the terms of sale.'));
  const order = placeOrder(user.id, {
    lines,
    address,
    delivery,
    coupon,
    total: total + (delivery === 'express' ? 900 : 0),
    card: card.slice(-4),
  });
  for (const table of ['lines', 'coupons', 'drafts']) store.run(`delete from ${table} where basket = ?`, user.id);
  throw redirect(`/account/orders/${order.number}?thanks=1`);
}

function requestReturn(input) {
  const order = orderOf(input);
  if (order.ordered < '2027-01-01' || order.status !== 'delivered') throw refuse(409, 'This order can no longer be returned.');
  const chosen = [input.body.line ?? []].flat();
  if (chosen.length === 0 || !input.body.reason)
    return page(input, 'Return', html.returnForm(order, 'Choose at least one item and a reason.'));
  for (const line of chosen) store.insert('returns', { id: id(), order_id: order.id, line: Number(line), reason: input.body.reason });
  throw redirect(`/account/orders/${order.number}`);
}

const routes = [
  ['POST', '/test/seed', seed],
  ['GET', '/', (input) => page(input, 'Kettle & Loom', html.list('Everything', store.all('select * from products')))],
  [
    'GET',
    '/c/:category',
    (input) =>
      page(
        input,
        input.params.category,
        html.list(input.params.category, store.all('select * from products where category = ?', input.params.category)),
      ),
  ],
  [
    'GET',
    '/search',
    (input) =>
      page(
        input,
        'Search',
        html.list(`Results for “${input.query.q}”`, store.all('select * from products where name like ?', `%${input.query.q}%`)),
      ),
  ],
  [
    'GET',
    '/p/:key',
    (input) =>
      page(
        input,
        product(input.params.key).name,
        html.product(
          product(input.params.key),
          store.all('select r.*, c.name from reviews r join customers c on c.id = r.customer where product = ?', input.params.key),
          input,
        ),
      ),
  ],
  ['POST', '/p/:key/add', add],
  [
    'POST',
    '/p/:key/wish',
    (input) => (
      store.run('insert or ignore into wishes values (?, ?)', must(input).id, input.params.key),
      Promise.reject(redirect(`/p/${input.params.key}`))
    ),
  ],
  ['GET', '/p/:key/review', (input) => page(input, 'Write a review', (must(input), html.reviewForm(product(input.params.key))))],
  [
    'POST',
    '/p/:key/review',
    (input) => {
      if (!input.body.stars || !input.body.title)
        return page(input, 'Write a review', html.reviewForm(product(input.params.key), 'Stars and a headline are needed.'));
      store.insert('reviews', {
        id: id(),
        customer: must(input).id,
        product: input.params.key,
        stars: Number(input.body.stars),
        title: input.body.title,
        body: input.body.body,
      });
      throw redirect(`/p/${input.params.key}`);
    },
  ],
  ['GET', '/basket', (input) => page(input, 'Your basket', html.basket(totals(basketOf(input)), input.query.problem))],
  [
    'POST',
    '/basket/:line/quantity',
    (input) => (
      store.run(
        'update lines set quantity = ? where id = ? and basket = ?',
        Number(input.body.quantity),
        Number(input.params.line),
        basketOf(input),
      ),
      Promise.reject(redirect('/basket'))
    ),
  ],
  [
    'POST',
    '/basket/:line/remove',
    (input) => (
      store.run('delete from lines where id = ? and basket = ?', Number(input.params.line), basketOf(input)),
      Promise.reject(redirect('/basket'))
    ),
  ],
  [
    'POST',
    '/basket/coupon',
    (input) => {
      const code = input.body.code.trim().toUpperCase();
      if (!(code in DISCOUNTS)) throw redirect('/basket?problem=coupon');
      store.run('insert or replace into coupons values (?, ?)', basketOf(input), code);
      throw redirect('/basket');
    },
  ],
  ['GET', '/sign-in', (input) => page(input, 'Sign in', html.signIn(input.query.next ?? ''))],
  ['POST', '/sign-in', signIn],
  ['GET', '/checkout/address', (input) => page(input, 'Address', html.address(must(input)))],
  [
    'POST',
    '/checkout/address',
    (input) => {
      const { name, street, postcode, city, country } = input.body;
      if (![name, street, postcode, city, country].every(Boolean))
        return page(input, 'Address', html.address(input.user, 'Please fill in every field.'));
      draft(must(input), { address: [name, street, `${postcode} ${city}`, country].join(', ') });
      throw redirect('/checkout/delivery');
    },
  ],
  ['GET', '/checkout/delivery', (input) => page(input, 'Delivery', (must(input), html.delivery()))],
  [
    'POST',
    '/checkout/delivery',
    (input) => (draft(must(input), { delivery: input.body.delivery }), Promise.reject(redirect('/checkout/payment'))),
  ],
  ['GET', '/checkout/payment', (input) => page(input, 'Payment', html.payment(totals(must(input).id)))],
  ['POST', '/checkout/payment', pay],
  [
    'GET',
    '/account/orders',
    (input) =>
      page(input, 'Your orders', html.orders(store.all('select * from orders where customer = ? order by number desc', must(input).id))),
  ],
  [
    'GET',
    '/account/orders/:number',
    (input) => page(input, `Order ${input.params.number}`, html.order(orderOf(input), input.query.thanks)),
  ],
  ['GET', '/account/orders/:number/cancel', (input) => page(input, 'Cancel order', html.cancel(orderOf(input)))],
  [
    'POST',
    '/account/orders/:number/cancel',
    (input) => {
      const order = orderOf(input);
      if (order.status !== 'received') throw refuse(409, 'It is on its way already.');
      store.run("update orders set status = 'cancelled' where id = ?", order.id);
      throw redirect(`/account/orders/${order.number}`);
    },
  ],
  ['GET', '/account/orders/:number/return', (input) => page(input, 'Return', html.returnForm(orderOf(input)))],
  ['POST', '/account/orders/:number/return', requestReturn],
];

listen({ name: 'shop', store, routes, userOf: (key) => store.one('select * from customers where id = ?', key) });
