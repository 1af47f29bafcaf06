import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/core/redact.ts';

const secret = 'p&"ss <wörd>/+=7';

describe('the masking choke point', () => {
  const redactor = new Redactor();
  redactor.add('PW', secret);

  it.each([
    ['raw', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', new URLSearchParams({ s: secret }).toString()],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['JSON-escaped', JSON.stringify({ password: secret })],
    ['HTML-escaped', secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')],
    ['in the base64 of something longer', Buffer.from(`user:${secret}`).toString('base64')],
    ['at another place of it', Buffer.from(`me:${secret}, and more`).toString('base64url')],
    ['and at the third', Buffer.from(`u:${secret}!`).toString('base64')],
    ['in hex capitals', Buffer.from(secret).toString('hex').toUpperCase()],
    ['hex', Buffer.from(secret).toString('hex')],
  ])('masks a secret that stands %s in a text', (_, form) => {
    expect(redactor.text(`before ${form} after`)).toContain('•••PW•••');
    expect(redactor.holds(form)).toBe(true);
  });

  it('masks keys and values at every depth and leaves the rest as it is', () => {
    const rest = { list: [1, 'plain'] };
    const masked = redactor.deep({ a: [{ [secret]: secret }], rest });
    expect(JSON.stringify(masked)).not.toContain('wörd');
    expect(masked.rest).toBe(rest);
  });

  it('refuses a secret too short to be masked without blanking ordinary text', () => {
    expect(() => new Redactor().add('PIN', '12')).toThrow(/shorter than 4/);
  });
});
