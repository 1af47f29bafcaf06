import { redesigned } from '../redesigns.ts';
import { attrs, html, type Html } from './html.ts';
import { icon } from './icons.ts';
import { say } from './wording.ts';

export interface Option {
  value: string;
  label: string;
  hint?: string;
}

export interface Field {
  type: 'text' | 'email' | 'password' | 'search' | 'textarea' | 'select' | 'listbox' | 'checkbox' | 'file';
  name: string;
  label: string;
  value?: string | undefined;
  options?: Option[];
  required?: boolean;
  autocomplete?: string;
  placeholder?: string;
  hint?: string;
  accept?: string;
  inputmode?: string;
}

/** The name of a person: one field, or two. */
export const personName = (value = ''): Field[] => {
  if (!redesigned('name-split')) return [{ type: 'text', name: 'name', label: 'Full name', value, required: true, autocomplete: 'name' }];
  const [first = '', ...rest] = value.split(' ');
  return [
    { type: 'text', name: 'first_name', label: 'First name', value: first, required: true, autocomplete: 'given-name' },
    { type: 'text', name: 'last_name', label: 'Last name', value: rest.join(' '), required: true, autocomplete: 'family-name' },
  ];
};

/** What `personName` sent, as one name. */
export const personNameOf = (fields: Record<string, string>): string =>
  (fields['name'] ?? `${fields['first_name'] ?? ''} ${fields['last_name'] ?? ''}`).trim();

/** A labelled field with room for a hint and a mistake. `form` makes ids unique on the page. */
export function renderField(field: Field, form: string): Html {
  const id = `${form}-${field.name}`;
  const label = say(field.label);
  if (field.type === 'checkbox') {
    return wrap(
      field,
      html`<div class="check" data-field="${field.name}"><input${attrs({ type: 'checkbox', id, name: field.name, value: 'yes', required: field.required, checked: field.value === 'yes' })}><label for="${id}">${label}</label>${mistake(id)}</div>`,
    );
  }
  const bare = redesigned('placeholder-only-labels') && field.type !== 'file' && field.type !== 'listbox';
  const listbox = field.type === 'listbox' || (field.type === 'select' && redesigned('select-became-listbox'));
  const labelled =
    bare && !listbox
      ? html``
      : html`<label${attrs({ for: id, id: `${id}-label` })}>${label}${!field.required && field.type !== 'file' ? html` <span class="optional">optional</span>` : ''}</label>`;
  const hint = field.hint ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : '';
  const control = listbox ? renderListbox(field, id) : renderControl(field, id, bare ? label : undefined);
  return wrap(field, html`<div class="field" data-field="${field.name}">${labelled}${control}${hint}${mistake(id)}</div>`);
}

const mistake = (id: string): Html => html`<p class="mistake" id="${id}-mistake" data-mistake hidden></p>`;

const wrap = (field: Field, inner: Html): Html =>
  redesigned('web-component') && field.type !== 'file' ? html`<ts-field name="${field.name}">${inner}</ts-field>` : inner;

function renderControl(field: Field, id: string, placeholder: string | undefined): Html {
  const common = {
    id,
    name: field.name,
    required: field.required,
    autocomplete: field.autocomplete,
    'aria-describedby': field.hint ? `${id}-hint` : undefined,
  };
  if (field.type === 'textarea')
    return html`<textarea${attrs({ ...common, rows: 3, placeholder: placeholder ?? field.placeholder })}>${field.value ?? ''}</textarea>`;
  if (field.type === 'select') {
    const first = placeholder ? html`<option value="" disabled${attrs({ selected: !field.value })}>${placeholder}</option>` : '';
    return html`<select${attrs({ ...common, title: placeholder })}>${first}${(field.options ?? []).map((option) => html`<option${attrs({ value: option.value, selected: option.value === field.value })}>${option.label}</option>`)}</select>`;
  }
  if (field.type === 'file') return html`<input${attrs({ ...common, type: 'file', accept: field.accept })}>`;
  return html`<input${attrs({ ...common, type: field.type, value: field.type === 'password' ? undefined : field.value, placeholder: placeholder ?? field.placeholder, inputmode: field.inputmode })}>`;
}

function renderListbox(field: Field, id: string): Html {
  const chosen = field.options?.find((option) => option.value === field.value);
  return html`<div class="listbox" data-listbox><input type="hidden" name="${field.name}" value="${chosen?.value ?? ''}"><button${attrs({ type: 'button', id, class: 'listbox-button', role: 'combobox', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', 'aria-controls': `${id}-options`, 'aria-labelledby': `${id}-label` })}><span data-shown>${chosen?.label ?? 'Choose…'}</span>${icon('more')}</button><ul class="listbox-options" role="listbox" id="${id}-options" aria-labelledby="${id}-label" hidden>${(field.options ?? []).map((option, index) => html`<li${attrs({ role: 'option', id: `${id}-option-${index}`, 'data-value': option.value, 'aria-selected': option === chosen ? 'true' : 'false' })}>${option.label}${option.hint ? html`<small>${option.hint}</small>` : ''}</li>`)}</ul></div>`;
}
