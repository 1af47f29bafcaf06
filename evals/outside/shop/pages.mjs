// The pages of the shop.
import { esc } from '../application.mjs';

const money = (cents) => `€${(cents / 100).toFixed(2)}`;
const problemOf = (problem) => (problem ? `<p role="alert" class="problem">${esc(problem)}</p>` : '');
const variant = ({ size, colour }) => esc([size, colour].filter(Boolean).join(', '));

export const layout = ({
  title,
  content,
  user,
  count,
  q,
}) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${esc(title)} – Kettle &amp; Loom</title>
<style>body{font:16px/1.5 Georgia,serif;margin:0 auto;max-width:860px;padding:0 16px}header{display:flex;gap:16px;align-items:center;border-bottom:1px solid #ccc;padding:12px 0}
.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:16px}.tile{border:1px solid #ddd;padding:12px}label{display:block;margin:8px 0}.inline label{display:inline-block;margin-right:12px}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:6px;text-align:left}.problem{color:#a00}.link{border:0;background:none;color:#06c;text-decoration:underline;cursor:pointer}</style></head>
<body><header><a href="/"><b>Kettle &amp; Loom</b></a><nav><a href="/c/Kitchen">Kitchen</a> <a href="/c/Textiles">Textiles</a></nav>
<form action="/search" role="search"><input name="q" placeholder="What are you looking for?" value="${esc(q)}"> <button aria-label="Search">🔍</button></form>
<a href="/basket">Basket (${count})</a> ${user ? `<a href="/account/orders">My orders</a> <span>Hello, ${esc(user.name.split(' ')[0])}</span>` : '<a href="/sign-in">Sign in</a>'}</header>
<main><h1>${esc(title)}</h1>${content}</main><footer><a href="/">Home</a> · Free returns within 30 days</footer></body></html>`;

export const list = (heading, products) =>
  `<h2>${esc(heading)}</h2>${products.length === 0 ? '<p>We found nothing.</p>' : ''}<div class="grid">${products.map((p) => `<div class="tile"><h3><a href="/p/${p.id}">${esc(p.name)}</a></h3><p>${money(p.price)}</p></div>`).join('')}</div>`;

export const product = (p, reviews, { query }) => `${problemOf(query.problem && 'Please choose a variant.')}<p>${money(p.price)}</p>
<form method="post" action="/p/${p.id}/add">
${
  p.sizes
    ? `<fieldset class="inline"><legend>Size</legend>${p.sizes
        .split(',')
        .map((size) => `<label><input type="radio" name="size" value="${size}"> ${size}</label>`)
        .join('')}</fieldset>`
    : ''
}
${
  p.colours
    ? `<label>Colour <select name="colour"><option value="">Choose…</option>${p.colours
        .split(',')
        .map((colour) => `<option>${colour}</option>`)
        .join('')}</select></label>`
    : ''
}
<label>Qty <input type="number" name="quantity" value="1" min="1"></label><label><input type="checkbox" name="gift"> Wrap it as a gift</label>
<button>Add to basket</button></form>
<form method="post" action="/p/${p.id}/wish"><button title="Save to wish list">♡</button></form>
<h2>Reviews</h2>${reviews.map((review) => `<article><b>${'★'.repeat(review.stars)} ${esc(review.title)}</b><p>${esc(review.body)}</p></article>`).join('') || '<p>Nobody has said anything yet.</p>'}
<a href="/p/${p.id}/review">Write a review</a>`;

export const reviewForm = (p, problem) => `${problemOf(problem)}<p>${esc(p.name)}</p><form method="post" action="/p/${p.id}/review">
<fieldset class="inline"><legend>Your rating</legend>${[1, 2, 3, 4, 5].map((n) => `<label><input type="radio" name="stars" value="${n}"> ${n} star${n > 1 ? 's' : ''}</label>`).join('')}</fieldset>
<label>Headline <input name="title"></label><label>What did you like or dislike? <textarea name="body"></textarea></label><button>Publish</button></form>`;

export const basket = ({ lines, coupon, goods, discount, total }, problem) =>
  lines.length === 0
    ? '<p>It is empty.</p>'
    : `${problemOf(problem && 'This code is not valid.')}<table><tr><th>Item</th><th>Price</th><th>Quantity</th><th></th></tr>${lines
        .map(
          (
            line,
          ) => `<tr><td><a href="/p/${line.product}">${esc(line.name)}</a> ${variant(line)}${line.gift ? ' (gift)' : ''}</td><td>${money(line.price)}</td>
<td><form method="post" action="/basket/${line.id}/quantity"><input type="number" name="quantity" aria-label="Quantity of ${esc(line.name)}" value="${line.quantity}" min="1"> <button>Update</button></form></td>
<td><form method="post" action="/basket/${line.id}/remove"><button class="link">Remove</button></form></td></tr>`,
        )
        .join(
          '',
        )}</table><p>Goods ${money(goods)}${coupon ? ` · ${esc(coupon)} −${money(discount)}` : ''} · <b>Total ${money(total)}</b></p>
<form method="post" action="/basket/coupon"><label>Coupon code <input name="code"></label><button>Apply</button></form><p><a href="/checkout/address">Proceed to checkout</a></p>`;

export const signIn = (
  next,
  problem,
) => `${problemOf(problem)}<form method="post" action="/sign-in"><input type="hidden" name="next" value="${esc(next)}">
<label>E-mail <input type="email" name="email"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>`;

export const address = (
  user,
  problem,
) => `<p>Step 1 of 3</p>${problemOf(problem)}<form method="post" action="/checkout/address"><label>Full name <input name="name" value="${esc(user.name)}"></label>
<label>Street and number <input name="street"></label><label>Postcode <input name="postcode"></label><label>City <input name="city"></label>
<label>Country <select name="country"><option value="">Choose…</option><option>Germany</option><option>Portugal</option><option>Spain</option></select></label><button>Continue</button></form>`;

export const delivery =
  () => `<p>Step 2 of 3</p><form method="post" action="/checkout/delivery"><label><input type="radio" name="delivery" value="standard" checked> Standard, 3–5 days, free</label>
<label><input type="radio" name="delivery" value="express"> Express, tomorrow, €9.00</label><button>Continue</button> <a href="/checkout/address">Back</a></form>`;

export const payment = (
  { total },
  problem,
) => `<p>Step 3 of 3</p>${problemOf(problem)}<p>To pay: ${money(total)}</p><form method="post" action="/checkout/payment"><label>Card number <input name="card" inputmode="numeric"></label>
<label>Expiry date <input name="expiry" placeholder="MM / YY"></label><label>Security code <input name="cvc" inputmode="numeric"></label>
<label><input type="checkbox" name="terms"> I accept the terms of sale</label><button>Place order</button> <a href="/checkout/delivery">Back</a></form>`;

export const orders = (rows) =>
  `<table><tr><th>Order</th><th>Date</th><th>Status</th></tr>${rows.map((order) => `<tr><td><a href="/account/orders/${order.number}">No. ${order.number}</a></td><td>${order.ordered}</td><td>${order.status}</td></tr>`).join('')}</table>`;

export const order = (
  o,
  thanks,
) => `${thanks ? '<p role="status">Thank you! Your order is on its way to us.</p>' : ''}<p>Status: ${o.status}, ordered ${o.ordered}, to ${esc(o.address)}</p>
<ul>${o.lines.map((line) => `<li>${line.quantity} × ${esc(line.name)} ${variant(line)}${line.returned ? ' – return requested' : ''}</li>`).join('')}</ul>
${o.status === 'received' ? `<a href="/account/orders/${o.number}/cancel">Cancel this order</a>` : ''}${o.status === 'delivered' && o.ordered > '2027-01-01' ? `<a href="/account/orders/${o.number}/return">Return items</a>` : ''} <a href="/account/orders">All orders</a>`;

export const cancel = (o) =>
  `<p>Do you really want to cancel order ${o.number}?</p><form method="post" action="/account/orders/${o.number}/cancel"><button>Yes, cancel it</button> <a href="/account/orders/${o.number}">No, keep it</a></form>`;

export const returnForm = (
  o,
  problem,
) => `${problemOf(problem)}<form method="post" action="/account/orders/${o.number}/return"><p>What do you want to send back?</p>
${o.lines.map((line) => `<label><input type="checkbox" name="line" value="${line.id}"> ${line.quantity} × ${esc(line.name)}</label>`).join('')}
<label>Why? <select name="reason"><option value="">Please select</option><option value="damaged">It arrived damaged</option><option value="size">It does not fit</option><option value="mind">I changed my mind</option></select></label><button>Request return</button></form>`;
