/** Pages to look at, from small to hostile. Each is a site: path → HTML. */
export interface BenchPage {
  name: string;
  html: string;
}

const document = (title: string, body: string): string =>
  `<!doctype html><html lang=en><title>${title}</title><link rel=icon href=data:,><body>${body}`;

const nav =
  '<header><nav aria-label=Main><a href=/home>Home</a> <a href=/projects>Projects</a> <a href=/members>Members</a> <a href=/billing>Billing</a></nav></header>';

const form = `${nav}<main><h1>Invite a teammate</h1><form><p><label for=e>Email</label><input id=e type=email required></p><p><label for=n>Full name</label><input id=n></p>
<p><label for=r>Role</label><select id=r><option>Viewer<option selected>Editor<option>Admin</select></p><p><label for=m>Message</label><textarea id=m></textarea></p>
<fieldset><legend>Notify</legend><label><input type=checkbox checked> By mail</label><label><input type=checkbox> In the app</label></fieldset><button>Send invitation</button> <a href=/members>Cancel</a></form></main>`;

const people = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `<tr><th scope=row>Person ${index + 1}</th><td>person${index + 1}@example.test</td><td>${['Owner', 'Admin', 'Editor', 'Viewer'][index % 4]}</td><td><button>Change role</button> <button>Remove</button></td></tr>`,
  ).join('');

const team = `${nav}<main><h1>Members</h1><p>100 people have access.</p><button>Invite</button><table aria-label=People><thead><tr><th>Name<th>Email<th>Role<th>Actions</tr></thead><tbody>${people(100)}</tbody></table></main>`;

const orders = `${nav}<main><h1>Orders</h1><label>Search <input type=search></label><table aria-label=Orders><thead><tr><th>Number<th>Customer<th>Total<th>State<th></tr></thead><tbody>${Array.from({ length: 2000 }, (_, index) => `<tr><td><a href=/orders/${1000 + index}>#${1000 + index}</a></td><td>Customer ${index % 317}</td><td>${(index * 37) % 900}.00 €</td><td><span>${['paid', 'open', 'shipped'][index % 3]}</span></td><td><button>Refund</button></td></tr>`).join('')}</tbody></table></main>`;

const frame = (title: string, body: string): string => `<iframe title="${title}" srcdoc="${body.replace(/"/g, '&quot;')}"></iframe>`;

const inside = `${nav}<main><h1>Checkout</h1><p>Pro plan, 12.00 € a month</p>
${frame('Payment', '<h2>Card</h2><label>Card number <input></label><label>Expiry <input></label><label>CVC <input></label><button>Pay</button>')}
${frame('Address', `<h2>Invoice address</h2><label>Company <input></label><label>City <input></label><label>Country <select>${['Austria', 'France', 'Germany', 'Italy', 'Japan', 'Poland', 'Spain', 'Sweden'].map((one) => `<option>${one}`).join('')}</select></label>${frame('Map', '<button>Use my place</button>')}`)}
<plan-picker></plan-picker><closed-box></closed-box></main>
<script>
customElements.define('plan-picker', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<fieldset><legend>Plan</legend><label><input type=radio name=p checked> Free</label><label><input type=radio name=p> Pro</label><label><input type=radio name=p> Business</label></fieldset><button>Compare plans</button>'; } });
customElements.define('closed-box', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'closed' }).innerHTML = '<label>Voucher <input></label><button>Apply</button>'; } });
</script>`;

export const pages: BenchPage[] = [
  { name: 'small form', html: document('Invite', form) },
  { name: 'team of 100', html: document('Members', team) },
  { name: 'table of 2,000 rows', html: document('Orders', orders) },
  { name: 'frames and shadow roots', html: document('Checkout', inside) },
];
