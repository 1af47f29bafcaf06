import { defect } from '../defects.ts';
import { newId } from '../state/ids.ts';
import { linkButton } from '../ui/button.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { icon } from '../ui/icons.ts';
import { outsidePage } from '../ui/shell.ts';
import { workflow } from '../correlation.ts';
import { field, type Context } from '../web/context.ts';
import { go, invalid, missing, refused, type Outcome } from '../web/outcome.ts';
import { purchases } from './checkouts.ts';
import { announce } from './webhooks.ts';

const BRAND = 'Paylane';

/** Where the buyer pays, or sees that it is paid. */
export async function checkoutPage(context: Context): Promise<Outcome> {
  const purchase = purchases.get(context.params['checkout'] ?? '');
  if (!purchase) return missing('This payment does not exist.');
  if (purchase.status === 'paid') {
    return outsidePage(context, {
      title: 'Payment complete',
      brand: BRAND,
      body: html`<p class="note" role="status">${icon('check')}<span>Thank you. Your payment for ${purchase.description} was received.</span></p><div class="form-end">${linkButton({ label: 'Return to Teamspace', href: purchase.return_url, kind: 'primary', with: { target: '_top' } })}</div>`,
    });
  }
  return outsidePage(context, {
    title: 'Payment details',
    brand: BRAND,
    lead: purchase.description,
    body: html`${form({
      id: 'pay',
      action: `/checkout/${purchase.id}`,
      submit: 'Pay now',
      icon: 'lock',
      fields: [
        { type: 'text', name: 'holder', label: 'Name on card', required: true, autocomplete: 'cc-name' },
        {
          type: 'text',
          name: 'number',
          label: 'Card number',
          required: true,
          autocomplete: 'cc-number',
          inputmode: 'numeric',
          placeholder: '1234 1234 1234 1234',
        },
        { type: 'text', name: 'expiry', label: 'Expiry', required: true, autocomplete: 'cc-exp', placeholder: 'MM/YY' },
        { type: 'text', name: 'cvc', label: 'CVC', required: true, autocomplete: 'cc-csc', inputmode: 'numeric', placeholder: '123' },
      ],
    })}`,
    ...(defect('consent-overlay') ? { thirdParty: html`<script src="/third-party/consent.js" defer></script>` } : {}),
  });
}

const DECLINED = '4000000000000002';

/** Sixteen digits that add up. */
const validNumber = (number: string): boolean => {
  if (!/^\d{16}$/.test(number)) return false;
  const sum = [...number].reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
};

export async function pay(context: Context): Promise<Outcome> {
  const purchase = purchases.get(context.params['checkout'] ?? '');
  if (!purchase) return missing('This payment does not exist.');
  if (purchase.status === 'paid') return go(`/checkout/${purchase.id}`);
  const number = field(context, 'number').replace(/\s/g, '');
  const mistakes: Record<string, string> = {};
  if (!field(context, 'holder')) mistakes['holder'] = 'Enter the name on the card.';
  if (!validNumber(number)) mistakes['number'] = 'This card number is not right.';
  if (!/^(0[1-9]|1[0-2])\s*\/\s*(\d{2}|\d{4})$/.test(field(context, 'expiry'))) mistakes['expiry'] = 'Month and year, as 12/30.';
  if (!/^\d{3,4}$/.test(field(context, 'cvc'))) mistakes['cvc'] = 'The three digits on the back.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  if (number === DECLINED) {
    purchase.declined++;
    return refused(402, 'declined', 'Your card was declined. Nothing was charged.');
  }
  purchase.status = 'paid';
  announce(purchase.webhook_url, purchase.workflow ?? workflow() ?? undefined, 'checkout.paid', {
    checkout: purchase.id,
    payment: newId('pay'),
    plan: purchase.plan,
    amount_cents: String(purchase.amount_cents),
    status: 'succeeded',
  });
  return go(`/checkout/${purchase.id}`);
}
